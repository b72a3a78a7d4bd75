import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCsvRow } from '../csv/format-csv.js';
import { keepCells } from '../csv/row-chunk.js';
import { rejectsHeader, rejectsRow } from '../header/rejects-header.js';
import { mapKeys } from '../map-keys.js';
import type { EarlierReading } from './earlier-reading.js';
import { mapOptions } from './map-options.js';
import { openTextImport } from './table-import.js';

const uploadId = '019ab3f0-5c1e-7d2a-9f3b-2a1c4e5d6f70';
const headers = ['Order ID', 'Name', 'Email', '=Total', 'Notes'];

/** A file of rejects as it is handed out. */
function write(rows: readonly (readonly string[])[]): string {
  const note = { line: 7, reasons: 'Email: "x" is no address. [invalid_email]' };
  const lines = [rejectsHeader(headers, uploadId), ...rows.map((cells) => rejectsRow(cells, note))];
  return `\ufeff${lines.map((cells) => formatCsvRow(cells, { spreadsheetSafe: true })).join('')}`;
}

function read(text: string) {
  const rows: (readonly string[])[] = [];
  const table = openTextImport({ packer: keepCells, onChunk: (chunk) => rows.push(...chunk.rows) });
  table.push(new TextEncoder().encode(text));
  const report = table.end();
  return { headers: report.headers, rows, fixes: report.fixes };
}

describe('A file of rejects that comes back', () => {
  it('is read as the header and the rows that it was made of, and names their upload', () => {
    const rows = [
      ['1', '=cmd', 'x', '-5', "'=1"],
      ['2', 'Ada', 'x', '1', '', 'one too many'],
      ['3', 'too few'],
    ];
    expect(read(write(rows))).toEqual({ headers, rows, fixes: uploadId });
  });

  it('is read without loss, whatever its cells hold', () => {
    const unit = fc.constantFrom(
      '=',
      '+',
      '-',
      '@',
      '\t',
      '\r',
      '\n',
      "'",
      '"',
      ',',
      ';',
      '1',
      '.',
      'a',
      'é',
      '_',
      '\u{1f600}',
    );
    const cell = fc.oneof(fc.string({ unit }), fc.string({ unit: 'grapheme' }));
    // A cell with text at both ends: rows without text are left out, and blank cells beyond the header are cut off.
    const row = fc.tuple(fc.array(cell, { minLength: 4, maxLength: 4 })).map(([cells]) => ['9', ...cells]);
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
        expect(read(write(rows))).toEqual({ headers, rows, fixes: uploadId });
      }),
      { numRuns: 100 },
    );
  });

  it('may have been sorted, shortened and saved with other columns first', () => {
    const text = 'Order ID,Name,Email,_REASONS ,_line,Notes\r\n2,Ada,a@example.com,why,3,\r\n,,,why,4,\r\n';
    expect(read(text)).toEqual({
      headers: ['Order ID', 'Name', 'Email', 'Notes'],
      rows: [['2', 'Ada', 'a@example.com', '']],
      fixes: null,
    });
  });

  it('is one only with both columns, so that apostrophes of other files stay', () => {
    expect(read(`Order ID,Name,Email,_line\r\n2,'=Ada,a@example.com,7\r\n`)).toEqual({
      headers: ['Order ID', 'Name', 'Email', '_line'],
      rows: [['2', "'=Ada", 'a@example.com', '7']],
      fixes: null,
    });
  });
});

/** Imports a file from its bytes to its records and rejects. */
function importAll(text: string, earlier?: EarlierReading) {
  const rows: (readonly string[])[] = [];
  const lines: number[] = [];
  const table = openTextImport({
    packer: keepCells,
    onChunk(chunk) {
      rows.push(...chunk.rows);
      lines.push(...chunk.lines);
    },
    earlier: { get: () => earlier },
  });
  table.push(new TextEncoder().encode(text));
  const report = table.end();
  const { rejects, importedRows } = mapKeys(report.headers, rows, { ...mapOptions(report), lines });
  return { report, rejects, importedRows };
}

function readingOf({ report }: ReturnType<typeof importAll>): EarlierReading {
  const { platform, columns, dateOrders, decimalMark, damage, repair, isSheet } = report;
  return {
    platform: platform ?? '',
    columns,
    dateOrders: dateOrders.flatMap(({ position, order, source }) =>
      order === null ? [] : [{ position, order, source }],
    ),
    decimalMark,
    damage,
    repair,
    isSheet,
  };
}

describe('Rejects that are imported again', () => {
  const columns = ['Order ID', 'Name', 'Email', 'Amount', 'Currency', 'Order Date', 'Notes'];
  const unit = fc.constantFrom('=', '+', '-', '@', '\t', '\n', "'", '"', ',', '1', '.', 'a', 'Ã©', 'é', ' ');
  const nasty = fc.string({ unit, maxLength: 6 });
  const row = fc.tuple(
    nasty,
    fc.constantFrom('ada@example.com', '=nobody', "'@x"),
    fc.constantFrom('1.50', '1,234.50', '=1', "'-"),
    fc.constantFrom('03/04/2024', '27/04/2024', '2024-04-03', '31/31/2024'),
    nasty,
  );
  const bad = ['x', 'ada@example.com', 'nothing', '03/04/2024', ''] as const;

  it('are rejected again for the same reasons, and are all imported when they are corrected', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), (made) => {
        const all = [...made, bad].map(([name, email, amount, date, notes], at) => [
          `A${at}`,
          name,
          email,
          amount,
          'EUR',
          date,
          notes,
        ]);
        const first = importAll([columns, ...all].map((cells) => formatCsvRow(cells)).join(''));
        const file = (change: (cells: readonly string[]) => readonly string[]) =>
          [
            rejectsHeader(first.report.headers, uploadId),
            ...first.rejects.map(({ line, cells }) => rejectsRow(change(cells), { line, reasons: 'why' })),
          ]
            .map((cells) => formatCsvRow(cells, { spreadsheetSafe: true }))
            .join('');
        const essence = ({ rejects }: typeof first) =>
          rejects.map(({ cells, issues }) => ({
            cells,
            errors: issues
              .filter(({ severity }) => severity === 'error')
              .map(({ code, column }) => [code, column]),
          }));
        const again = importAll(
          file((cells) => cells),
          readingOf(first),
        );
        expect(essence(again)).toEqual(essence(first));
        expect(again.importedRows).toBe(0);
        const correct = (cells: readonly string[]) =>
          cells.with(2, 'ada@example.com').with(3, '1.50').with(5, '03/04/2024').with(6, '');
        // Without any proof in the file itself, the date is read as it was before, if anything proved it then.
        const isProven = readingOf(first).dateOrders.length > 0;
        const corrected = isProven
          ? correct
          : (cells: readonly string[]) => correct(cells).with(5, '2024-04-03');
        expect(essence(importAll(file(corrected), readingOf(first)))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
