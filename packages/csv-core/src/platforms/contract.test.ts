import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectPlatform, findSignature, isLastResort } from '../detect-platform.js';
import { normalizeHeader } from '../header/normalize-header.js';
import { resolveColumns } from '../header/resolve-columns.js';
import type { Issue } from '../issue.js';
import { mapKeys } from '../map-keys.js';
import { findOrderGrouping } from '../mapping/find-order-grouping.js';
import { importedRowsOf } from '../mapping/imported-rows.testing.js';
import type { MappedRecord } from '../schemas/mapped-record.js';
import { platforms } from './index.js';
import type { Platform } from './platform.js';
import { type CsvTable, readCsvFile } from './read-csv-file.testing.js';

/**
 * The rules that every platform must keep, tested with every file in `fixtures/<platform>/`. The expected results of
 * `<name>.csv` are in `<name>.expected.json`, without fields that are null and without a `rowCount` of 1. To add a
 * file, run this test with `WRITE_EXPECTED=1`, which writes the expected results that are missing, and read them line
 * by line.
 */
const fixturesFolder = fileURLToPath(new URL('./fixtures/', import.meta.url));
const writeExpected = process.env['WRITE_EXPECTED'] === '1';

interface Fixture {
  readonly platform: Platform;
  readonly name: string;
  readonly path: string;
  readonly table: CsvTable;
}

const fixtures = platforms.flatMap((platform) =>
  csvFilesIn(join(fixturesFolder, platform.name)).map((path): Fixture => {
    const name = `${platform.name}/${basename(path, '.csv')}`;
    return { platform, name, path, table: readCsvFile(readFileSync(path)) };
  }),
);

/** Codes of issues about a row as a whole. Every other error must name a column. */
const rowCodes = ['too_few_cells', 'too_many_cells', 'order_rejected'];

describe('the fixtures of platforms', () => {
  it.each(platforms)('include for $name a file with records and a file with rejected rows', ({ name }) => {
    const names = csvFilesIn(join(fixturesFolder, name)).map((path) => basename(path));
    expect(names).toContain('rejected.csv');
    expect(names.length).toBeGreaterThan(1);
  });

  it('all belong to platforms in the list', () => {
    const known = platforms.map((platform) => platform.name);
    const folders = readdirSync(fixturesFolder, { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect(folders.map((folder) => folder.name).filter((name) => !known.includes(name))).toEqual([]);
  });

  it('have no e-mail address of a real person', () => {
    const text = fixtures.map(({ path }) => readFileSync(path, 'utf8')).join('\n');
    const domains = [...text.matchAll(/@([\w-]+(?:\.[\w-]+)+)/g)].map((match) => match[1]?.toLowerCase());
    const allowed = ['example.com', 'privaterelay.appleid.com'];
    expect(domains.filter((domain) => !allowed.includes(domain ?? ''))).toEqual([]);
  });
});

describe.each(fixtures)('the fixture $name', ({ platform, path, table }) => {
  const plain = summarize(table);

  it('is detected as its platform and has no signature of another one', () => {
    const detection = detectPlatform(table.headers);
    expect(detection).toMatchObject({ platform: platform.name, missingColumns: [] });
    if (!isLastResort(platform))
      expect(detection.confidence).toBeGreaterThanOrEqual(0.85 * platform.certainty);
    const present = new Map(table.headers.map((header) => [normalizeHeader(header), header]));
    const others = platforms.filter(
      (other) =>
        other !== platform && findSignature(other, present).length > 0 && hasRequired(other, table.headers),
    );
    expect(others.map(({ name }) => name)).toEqual([]);
  });

  it('gives the expected records and issues', () => {
    const expectedPath = path.replace(/\.csv$/, '.expected.json');
    const { unknownColumns } = detectPlatform(table.headers);
    const actual = withoutNulls({ unknownColumns, ...plain });
    if (!existsSync(expectedPath) && writeExpected) {
      writeFileSync(expectedPath, `${JSON.stringify(actual, null, 2)}\n`);
    }
    expect(actual).toEqual(JSON.parse(readFileSync(expectedPath, 'utf8')));
  });

  it('accounts for every row, and every rejected row names row, line and column', () => {
    const mapped = mapKeys(table.headers, table.rows, { lines: table.lines });
    const imported = importedRowsOf(mapped);
    const others = [...mapped.rejects, ...mapped.leftOut].map(({ row }) => row);
    const rows = [...imported, ...others].sort((a, b) => a - b);
    expect(mapped.importedRows).toBe(imported.length);
    expect(rows).toEqual(table.rows.map((_, index) => index + 1));
    for (const reject of mapped.rejects) {
      expect(reject.line).toBe(table.lines[reject.row - 1]);
      expect(reject.cells).toEqual(table.rows[reject.row - 1]);
      const errors = reject.issues.filter((issue) => issue.severity === 'error');
      expect(errors).not.toEqual([]);
      for (const { row, line, column, code } of errors) {
        expect({ row, line }).toEqual({ row: reject.row, line: reject.line });
        if (!rowCodes.includes(code)) expect(table.headers).toContain(column);
      }
    }
  });

  it('gives the same with a byte order mark, other case or more blanks in the headers of fields', () => {
    const known = resolveColumns(table.headers, platform).map((column) => column.role === 'field');
    const headers = table.headers.map((header, position) =>
      known[position] ? ` ${header.toUpperCase().replaceAll(' ', '\u00a0 ')}\t` : header,
    );
    expectSame(summarize({ ...table, headers }), plain);
    expectSame(summarize({ ...table, headers: headers.map((h, i) => (i === 0 ? `\ufeff${h}` : h)) }), plain);
  });

  // Columns that are recognised by their place (items, questions) are not moved, and neither are the columns that
  // define the place: for Kickstarter `Notes`, `Survey Response` and `Backing Minimum`. All others are shuffled.
  it('gives the same in any order of the columns that are recognised by their header', () => {
    const movable = movableColumns(table.headers, platform);
    expect(movable.length).toBeGreaterThan(1);
    fc.assert(
      fc.property(fc.shuffledSubarray([...movable], { minLength: movable.length }), (shuffled) => {
        const order = table.headers.map((_, position) => {
          const at = movable.indexOf(position);
          return shuffled[at] ?? position;
        });
        expectSame(summarize(reorder(table, order, platform)), plain);
      }),
      { numRuns: 20 },
    );
  });

  it('gives the same with an unknown column, whose cells are kept', () => {
    const header = 'Zebra Crossing';
    const { records, ...rest } = summarize({
      ...table,
      headers: [header, ...table.headers],
      // A row of one cell is a note below the table.
      rows: table.rows.map((row) => (row.length === 1 ? row : ['black and white', ...row])),
    });
    expectSame({ ...rest, records: records.map((record) => withoutExtra(record, header)) }, plain);
    for (const { pledge } of records) {
      if (pledge !== null) expect(pledge.extra).toHaveProperty([header], 'black and white');
    }
  });
});

// Real files cannot be published. If they are in a folder beside the checkout, they are tested too.
const realFilesFolder = fileURLToPath(new URL('../../../../../shared/fixtures/', import.meta.url));
const realFiles = csvFilesIn(realFilesFolder).flatMap((path) => {
  const platform = platforms.find(({ name }) => basename(path).startsWith(`${name}__`));
  return platform ? [{ file: basename(path), path, platform }] : [];
});
if (realFiles.length === 0)
  console.info('There are no real files beside the checkout. Only the invented fixtures are tested.');

describe.each(realFiles)('the real file $file', ({ path, platform }) => {
  it('is detected, and every row becomes a record', () => {
    const table = readCsvFile(readFileSync(path));
    expect(detectPlatform(table.headers)).toMatchObject({ platform: platform.name, missingColumns: [] });
    const { records, rejects } = mapKeys(table.headers, table.rows, { lines: table.lines });
    expect(rejects).toEqual([]);
    expect(records.reduce((sum, { rowCount }) => sum + rowCount, 0)).toBe(table.rows.length);
  });
});

function hasRequired(platform: Platform, headers: readonly string[]): boolean {
  const columns = resolveColumns(headers, platform);
  const has = (field: string) =>
    columns.some((column) => column.role === 'field' && column.column.field === field);
  return platform.columns.every(({ required, field }) => !required || has(field));
}

function csvFilesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .sort()
    .map((name) => join(folder, name));
}

interface Summary {
  readonly records: readonly MappedRecord[];
  readonly rejectedRows: readonly number[];
  /** The issues without messages, which may change, in an order that does not depend on the order of columns. */
  readonly issues: readonly Omit<Issue, 'message'>[];
}

function summarize(table: CsvTable): Summary {
  const { records, rejects, issues } = mapKeys(table.headers, table.rows, { lines: table.lines });
  return {
    records,
    rejectedRows: rejects.map((reject) => reject.row),
    issues: issues
      .map(({ message: _, ...issue }) => issue)
      .sort((a, b) => a.row - b.row || sortKey(a).localeCompare(sortKey(b))),
  };
}

function sortKey({ column, code }: Omit<Issue, 'message'>): string {
  return `${normalizeHeader(column ?? '')} ${code}`;
}

/** Expects the same results, except for the spelling of headers and the positions of questions. */
function expectSame(actual: Summary, expected: Summary): void {
  expect(comparable(actual)).toEqual(comparable(expected));
}

function comparable({ records, rejectedRows, issues }: Summary): unknown {
  return {
    rejectedRows,
    issues: issues.map((issue) => ({ ...issue, column: normalizeHeader(issue.column ?? '') })),
    records: records.map(({ survey, pledge, ...record }) => ({
      ...record,
      pledge: pledge && { ...pledge, extra: pledge.extra && normalizeNames(pledge.extra) },
      survey: survey && { ...survey, answers: survey.answers.map(({ position: _, ...answer }) => answer) },
    })),
  };
}

function normalizeNames(extra: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(extra).map(([name, text]) => [normalizeHeader(name), text]));
}

function movableColumns(headers: readonly string[], platform: Platform): readonly number[] {
  const normalized = headers.map(normalizeHeader);
  // The columns that define the place of others.
  const landmarks = new Set<string>();
  const positionOf = (header: string) => {
    landmarks.add(header);
    return normalized.indexOf(header);
  };
  headers.forEach((header, position) => {
    platform.dynamicColumn({ header, position, keys: normalized, positionOf });
  });
  // The order column is not moved, because a short row, which stays as it is, must still belong to its order.
  const orders = findOrderGrouping(headers, platform);
  if (orders) landmarks.add(normalized[orders.orderColumn] ?? '');
  return resolveColumns(headers, platform).flatMap(({ role }, position) =>
    ['field', 'kept', 'ignored'].includes(role) && !landmarks.has(normalized[position] ?? '')
      ? [position]
      : [],
  );
}

/** Moves cells with their headers. A short row is filled up if short rows are allowed; otherwise it stays as it is. */
function reorder(table: CsvTable, order: readonly number[], platform: Platform): CsvTable {
  const move = (cells: readonly string[]) => {
    if (cells.length < order.length && !platform.shortRows) return cells;
    return [...order.map((position) => cells[position] ?? ''), ...cells.slice(order.length)];
  };
  return { ...table, headers: move(table.headers), rows: table.rows.map(move) };
}

function withoutExtra(record: MappedRecord, header: string): MappedRecord {
  if (record.pledge === null) return record;
  const { [header]: _, ...others } = record.pledge.extra ?? {};
  const extra = Object.keys(others).length > 0 ? others : null;
  return { ...record, pledge: { ...record.pledge, extra } };
}

/** Leaves out null and a `rowCount` of 1, so that the expected results are easier to read. */
function withoutNulls(value: unknown): unknown {
  const isUsual = (name: string, part: unknown) => part === null || (name === 'rowCount' && part === 1);
  return JSON.parse(JSON.stringify(value, (name, part: unknown) => (isUsual(name, part) ? undefined : part)));
}
