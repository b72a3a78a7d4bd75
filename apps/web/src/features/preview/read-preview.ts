import {
  CsvFileError,
  encodingTitle,
  findPlatform,
  keepCells,
  type MapKeysOptions,
  type MappedRows,
  resolveColumns,
  type TableReport,
} from '@pledgeline/csv-core';
import { headerFingerprint, openTextImport } from '@pledgeline/csv-core/import';
import { mapKeys, mapOptions } from '@pledgeline/csv-core/map';
import { firstAnswers } from '../mapping/file-answers.js';
import type { Beginning } from './beginning.js';
import { describeColumns } from './describe-columns.js';
import { groupProblems } from './group-problems.js';
import type { Look } from './look.js';
import { outcomeOf } from './outcome.js';
import type { Meaning, Preview, TablePreview } from './preview.js';
import { answeredOptions, assumptionsOf, toUnknownFile } from './unknown-table.js';

/** How many rows are mapped. */
const MAX_ROWS = 2_000;

/** The beginning of a table, in rows. */
interface Rows {
  readonly report: TableReport;
  readonly cells: readonly (readonly string[])[];
  readonly lines: readonly number[];
  readonly areAll: boolean;
}

/** Reads the beginning of a file as an import would, in the browser: nothing of it leaves the machine. */
export function readPreview(beginning: Beginning, look: Look): Preview {
  try {
    const table = describe(readRows(beginning, look), look);
    const by = beginning.wasPacked ? 'browser-unpacked' : 'browser';
    return { kind: 'seen', by, tables: [table], hasMoreFiles: false };
  } catch (error) {
    if (!(error instanceof CsvFileError)) throw error;
    return { kind: 'unreadable', message: error.message };
  }
}

function readRows({ bytes, isCut }: Beginning, { isOwn, templates }: Look): Rows {
  const cells: (readonly string[])[] = [];
  const lines: number[] = [];
  const table = openTextImport({
    packer: keepCells,
    maxRowsTaken: MAX_ROWS,
    // A person can change what the columns are taken for, so that is always a suggestion.
    ask: true,
    platform: isOwn ? 'generic' : undefined,
    templates: new Map(templates.map((template) => [template.headerFingerprint, template])),
    onChunk: (chunk) => {
      cells.push(...chunk.rows);
      lines.push(...chunk.lines);
    },
  });
  table.push(bytes);
  const report = table.end({ isCut });
  return { report, cells, lines, areAll: !isCut && table.rowCount <= MAX_ROWS };
}

function describe(rows: Rows, look: Look): TablePreview {
  const { report, cells, areAll } = rows;
  const { headers, detection, format } = report;
  const unknown = report.platform === null ? toUnknownFile({ ...report, file: 0, rows: cells }) : null;
  const answers = unknown && (look.answers.get(0) ?? firstAnswers(unknown));
  const options =
    unknown === null || answers === null
      ? mapOptions(report)
      : { ...mapOptions(report), ...answeredOptions(unknown, answers, cells) };
  const mapped = map(rows, options);
  const isNamed = report.platform !== null && report.columns === null;
  const meanings = answers?.columns ?? meaningsOf(report);
  return {
    kind: 'table',
    file: 0,
    name: null,
    platform: isNamed ? (findPlatform(report.platform)?.title ?? null) : null,
    template: report.columns === null ? null : templateName(headers, look),
    unknown,
    reasons: isNamed ? detection.reasons : [],
    encoding: format.encoding && encodingTitle(format.encoding.name),
    delimiter: format.delimiter?.value ?? null,
    columns: describeColumns(headers, meanings, cells, mapped.records),
    assumptions:
      unknown === null ? report.assumptions.map(({ message }) => message) : assumptionsOf(headers, options),
    rows: {
      seen: cells.length,
      areAll,
      outcome: outcomeOf(mapped),
    },
    problems: groupProblems(mapped.issues),
  };
}

function map({ report, cells, lines }: Rows, options: MapKeysOptions): MappedRows {
  return mapKeys(report.headers, cells, { ...options, lines });
}

function templateName(headers: readonly string[], { templates }: Look): string | null {
  const fingerprint = headerFingerprint(headers);
  return templates.find((template) => template.headerFingerprint === fingerprint)?.name ?? null;
}

/** What each column is taken for, by position, where a platform or a saved mapping decides it. */
function meaningsOf({ headers, platform: name, columns }: TableReport): readonly (Meaning | null)[] {
  if (columns !== null) {
    const byPosition = new Map(columns.map(({ position, as }) => [position, as]));
    return headers.map((_, position) => byPosition.get(position) ?? 'kept');
  }
  const platform = findPlatform(name ?? '');
  if (platform === undefined) return headers.map(() => null);
  return resolveColumns(headers, platform).map((column) => {
    switch (column.role) {
      case 'field':
        return column.column.field;
      case 'unknown':
        return 'kept';
      default:
        return column.role;
    }
  });
}
