import { describe, expect, it } from 'vitest';
import { keepCells, type RowChunk } from '../csv/row-chunk.js';
import { slices, thrownBy } from '../encoding/encode-text.testing.js';
import { mapKeys } from '../map-keys.js';
import { runAtOnce } from '../steps.js';
import { headerFingerprint } from './header-fingerprint.js';
import { mapOptions } from './map-options.js';
import { NoTableError } from './require-table.js';
import { suggestForSample } from './suggest-for-sample.js';
import {
  type ImportOptions,
  openSheetImport,
  openTextImport,
  type TextImportOptions,
} from './table-import.js';

type Rows = readonly (readonly string[])[];

const encode = (text: string) => new TextEncoder().encode(text);

function importBytes(pieces: readonly Uint8Array[], options: Partial<TextImportOptions<Rows>> = {}) {
  const chunks: RowChunk[] = [];
  const table = openTextImport({ packer: keepCells, onChunk: (chunk) => chunks.push(chunk), ...options });
  for (const piece of pieces) table.push(piece);
  const report = table.end();
  return { chunks, report, rows: chunks.flatMap((chunk) => chunk.rows), rowCount: table.rowCount };
}

const importText = (text: string, options: Partial<TextImportOptions<Rows>> = {}) =>
  importBytes([encode(text)], options);

function importSheet(rows: Rows, options: Partial<ImportOptions<Rows>> = {}) {
  const chunks: RowChunk[] = [];
  const table = openSheetImport({ packer: keepCells, onChunk: (chunk) => chunks.push(chunk), ...options });
  for (const [index, cells] of rows.entries()) table.push([{ cells, line: index + 1 }]);
  const report = table.end();
  return { chunks, report, rows: chunks.flatMap((chunk) => chunk.rows) };
}

const kickstarter = [
  'Backer report',
  'Backer Number,Backer UID,Backer Name,Email,Pledge Amount,Pledged Status,Survey URL',
  '1,1001,Grace,grace@example.com,$25.00,collected,https://example.com/secret',
  '2,1002,Alan,alan@example.com,$30.00,collected,https://example.com/secret',
  '',
].join('\n');

describe('openTextImport', () => {
  it('gives chunks without secrets, and a report of what was found', () => {
    const { chunks, report, rowCount } = importText(kickstarter);
    const { headers, detection, ...rest } = report;
    expect(chunks).toEqual([
      {
        index: 0,
        firstRow: 1,
        lines: [3, 4],
        headers,
        rows: [
          ['1', '1001', 'Grace', 'grace@example.com', '$25.00', 'collected', ''],
          ['2', '1002', 'Alan', 'alan@example.com', '$30.00', 'collected', ''],
        ],
      },
    ]);
    expect(rowCount).toBe(2);
    expect(headers[6]).toBe('Survey URL');
    expect(detection).toMatchObject({ platform: 'kickstarter', secretColumns: ['Survey URL'] });
    expect(rest).toEqual({
      fixes: null,
      repeats: { groups: [], unlisted: 0 },
      rowCount: 2,
      chunkCount: 1,
      platform: 'kickstarter',
      columns: null,
      questions: [],
      suggestion: null,
      assumptions: [
        { code: 'no_product', message: 'The file has no product and no reward: no units are counted.' },
        { code: 'no_date', message: 'The file has no date of the pledge.' },
      ],
      orders: null,
      ordersAreWhole: true,
      dateOrders: [],
      newestDate: null,
      decimalMark: '.',
      damage: {
        rowCount: 2,
        decodedTwice: [],
        garbled: null,
        decimalIds: [],
        nullWords: [],
        suspects: [],
        sumLines: [],
      },
      repair: true,
      isSheet: false,
      format: {
        encoding: { name: 'utf-8', source: 'assumed', certain: true },
        delimiter: { value: ',', source: 'content' },
        headerLine: 2,
        titleLines: [1],
      },
      doubt: null,
      quoting: { isWrapped: false, blankQuotes: null },
      slippedRows: null,
      secrets: new Set([6]),
    });
  });

  it('gives the same chunks and report at every split', () => {
    const whole = importText(kickstarter);
    const bytes = encode(kickstarter);
    for (let size = 1; size < 100; size += 7) expect(importBytes(slices(bytes, size))).toEqual(whole);
  });

  it('keeps the rows of one order in one chunk, where the platform writes several rows per order', () => {
    const orders = ['1', '1', '2', '2', '3'];
    const text = `Name,Email,Financial Status,Lineitem quantity,Lineitem name\n${orders
      .map((order) => `#${order},ada@example.com,paid,1,Book\n`)
      .join('')}`;
    const { chunks, report } = importText(text, { chunkRows: 1 });
    expect(report.platform).toBe('shopify');
    expect(chunks.map(({ rows }) => rows.map(([name]) => name))).toEqual([
      ['#1', '#1'],
      ['#2', '#2'],
      ['#3'],
    ]);
  });

  it('uses the platform and date order that the sender names, and reports them apart from what was found', () => {
    const text = 'Order ID,Email,Date\n1,ada@example.com,03/04/2024\n2,ada@example.com,27/04/2024\n';
    expect(importText(text).report).toMatchObject({
      platform: 'generic',
      dateOrders: [{ position: 2, order: 'dmy', source: 'evidence', proofs: { dmy: 1, mdy: 0 } }],
    });
    const requested = importText(text, { platform: 'kickstarter', dateOrder: 'mdy' });
    expect(requested.report).toMatchObject({ platform: 'kickstarter', detection: { platform: 'generic' } });
    expect(importText(text, { dateOrder: 'mdy' }).report.dateOrders).toMatchObject([
      { position: 2, order: 'mdy', source: 'requested' },
    ]);
  });

  it('maps a file of no known platform by a template with the same header row', () => {
    const text = 'Nr,Wer\n1,ada@example.com\n';
    expect(importText(text).report).toMatchObject({ platform: null, columns: null });
    const columns = [{ position: 0, as: 'externalId' as const }];
    const templates = new Map([[headerFingerprint(['nr', 'WER']), { platform: 'generic', columns }]]);
    expect(importText(text, { templates }).report).toMatchObject({ platform: 'generic', columns });
    // A known platform comes before a template.
    expect(importText(kickstarter, { templates }).report.columns).toBeNull();
  });

  it('hands out no more rows than maxRowsTaken, but reads the file to its end', () => {
    const lines = [
      'Order ID,Email,Date',
      '1,a@example.com,01/02/2024',
      '2,b@example.com,27/04/2024',
      '3,c@example.com,x',
    ];
    const { rows, report } = importText(lines.join('\n'), { maxRowsTaken: 1 });
    expect(rows).toEqual([['1', 'a@example.com', '01/02/2024']]);
    expect(report).toMatchObject({ rowCount: 3, dateOrders: [{ ambiguous: 1, proofs: { dmy: 0, mdy: 0 } }] });
    expect(thrownBy(() => importText(`${lines.join('\n')}"`, { maxRowsTaken: 1 }))).toBeNull();
    expect(thrownBy(() => importText(`${lines.join('\n')},"`, { maxRowsTaken: 1 }))).toMatchObject({
      code: 'unterminated_quote',
    });
  });

  it('refuses, with requireTable, a file with one unknown column before its first row', () => {
    const given: string[] = [];
    const packer = () => ({ add: ([cell = '']: readonly string[]) => given.push(cell), take: () => [] });
    const readMe = 'Thank you for your order.\nUnpack the files.\n';
    const refused = () => importText(readMe, { requireTable: true, packer });
    expect(thrownBy(refused)).toBeInstanceOf(NoTableError);
    expect(given).toEqual([]);
    expect(importText(readMe).rows).toEqual([['Unpack the files.']]);
    expect(
      importText('Email\nada@example.com\n', { requireTable: true, platform: 'kickstarter' }).rows,
    ).toHaveLength(1);
  });

  it('counts the rows so far, so that the caller knows whether an error came after the first row', () => {
    const table = openTextImport({
      packer: keepCells,
      onChunk() {},
      maxRows: 2,
      delimiter: ',',
      encoding: 'utf-8',
    });
    expect(table.rowCount).toBe(0);
    table.push(encode(`Order ID,Email\n${' ,\n'.repeat(40_000)}`));
    expect(table.rowCount).toBe(0);
    expect(thrownBy(() => table.push(encode('1,2\n1,2\n1,2\n')))).toMatchObject({ code: 'too_many_rows' });
    expect(table.rowCount).toBe(2);
  });

  it('checks the length of a cell before it is complete', () => {
    const table = openTextImport({ packer: keepCells, onChunk() {}, maxCellLength: 9, delimiter: ',' });
    table.push(encode(`a,b\n1,"${'x'.repeat(70_000)}`.slice(0, 10)));
    expect(thrownBy(() => table.push(encode('x'.repeat(70_000))))).toMatchObject({ code: 'cell_too_long' });
  });
});

describe('openSheetImport', () => {
  it('gives the same as a text with the same rows, except for encoding and delimiter', () => {
    const rows = kickstarter.split('\n').map((line) => line.split(','));
    const text = importText(kickstarter);
    const sheet = importSheet(rows);
    expect(sheet.chunks).toEqual(text.chunks);
    expect(sheet.report).toEqual({
      ...text.report,
      isSheet: true,
      quoting: null,
      format: { ...text.report.format, encoding: null, delimiter: null },
    });
  });

  it('checks the limits of columns and cells', () => {
    const rows = [
      ['a', 'b'],
      ['1', 'x'.repeat(10)],
    ];
    expect(thrownBy(() => importSheet(rows, { maxCellLength: 9 }))).toMatchObject({
      code: 'cell_too_long',
      line: 2,
    });
    expect(thrownBy(() => importSheet(rows, { maxColumns: 1 }))).toMatchObject({ code: 'too_many_columns' });
  });

  it('reports no slipped rows, whatever their length', () => {
    const rows = [
      ['id', 'a', 'b'],
      ['1', 'x', 'y'],
      ['2', 'x', 'y', ''],
      ['3', 'x', 'y'],
    ];
    expect(importText(rows.map((row) => `${row.join(',')}\n`).join('')).report.slippedRows?.count).toBe(1);
    expect(importSheet(rows).report.slippedRows).toBeNull();
  });
});

describe('mapOptions', () => {
  it('maps rows with the date order and the decimal mark of the report', () => {
    const text =
      'Order ID;Email;Total;Date\n1;ada@example.com;1.234;03/04/2024\n2;bob@example.com;5,50;27/04/2024\n';
    const { chunks, report } = importText(text, { chunkRows: 1 });
    // The second chunk proves how to read the first one.
    const [first] = chunks.map(({ headers, rows, firstRow, lines }) =>
      mapKeys(headers, rows, { ...mapOptions(report), firstRow, lines }),
    );
    expect(first?.records[0]?.pledge).toMatchObject({ amount: '1234' });
    expect(mapOptions(report)).toMatchObject({
      decimalMark: ',',
      dateOrders: [{ position: 3, order: 'dmy' }],
    });
  });

  it('leaves options undefined that are not known, so that the platform decides', () => {
    const unknown = {
      platform: null,
      columns: null,
      dateOrders: undefined,
      decimalMark: undefined,
      damage: undefined,
      repair: undefined,
      isSheet: false,
    };
    expect(Object.values(mapOptions(unknown)).every((value) => value === undefined)).toBe(true);
    const undecided = { ...unknown, dateOrders: [{ position: 1, order: null }], isSheet: true };
    expect(mapOptions(undecided)).toMatchObject({ dateOrders: [], shortRows: true });
  });
});

describe('An import in steps', () => {
  const wide = (rows: number) => {
    const row = (cell: (column: number) => string) => Array.from({ length: 400 }, (_, n) => cell(n)).join();
    const lines = Array.from({ length: rows }, (_, line) => row((n) => `${(n * 7 + line) % 90}.50`));
    return new TextEncoder().encode([row((n) => `Figure ${n}`), ...lines, ''].join('\n'));
  };
  const openWide = () => openTextImport({ packer: keepCells, onChunk: () => undefined });

  it('finds the same as one at once, and stops after each row and each column', () => {
    const [atOnce, inSteps] = [openWide(), openWide()];
    const bytes = wide(60);
    atOnce.push(bytes);
    const pushed = [...inSteps.pushInSteps(bytes)].length;
    const ending = inSteps.endInSteps();
    let ended = 0;
    let step = ending.next();
    for (; !step.done; step = ending.next()) ended += 1;
    expect(step.value).toEqual(atOnce.end());
    expect(pushed).toBeGreaterThan(60);
    expect(ended).toBeGreaterThan(5 * 400);
  });

  it('reads the rows before an error first, so that it is known that the file is a table', () => {
    const table = openTextImport({ packer: keepCells, onChunk: () => undefined, maxCellLength: 9 });
    const bytes = new TextEncoder().encode(
      `Order ID,Email\n${'1,a@b.com\n'.repeat(9_000)}1,${'x'.repeat(10)}\n`,
    );
    expect(thrownBy(() => runAtOnce(table.pushInSteps(bytes)))).toMatchObject({ code: 'cell_too_long' });
    expect(table.rowCount).toBe(9_000);
  });

  it('has the suggestion that a sample of all its rows has', () => {
    const table = openWide();
    const bytes = wide(60);
    table.push(bytes);
    const [headers = [], ...rows] = new TextDecoder()
      .decode(bytes)
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    expect(runAtOnce(suggestForSample(headers, rows))).toEqual(table.end().suggestion);
  });
});
