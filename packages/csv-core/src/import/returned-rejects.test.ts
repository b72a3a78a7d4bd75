import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCsvRow } from '../csv/format-csv.js';
import { keepCells } from '../csv/row-chunk.js';
import { rejectsHeader, rejectsRow } from '../header/rejects-header.js';
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
