import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepCells } from '../csv/row-chunk.js';
import { untaughtWords } from '../unknown/complete-mapping.js';
import { acceptedColumns } from '../unknown/unknown-reader.js';
import { openTextImport, type TextImportOptions } from './table-import.js';

function reportOf(rows: readonly (readonly string[])[], options: Partial<TextImportOptions<never>> = {}) {
  const table = openTextImport({ ...options, packer: keepCells, onChunk: () => undefined });
  const line = (row: readonly string[]) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
  table.push(new TextEncoder().encode(rows.map(line).join('\n')));
  return table.end();
}

describe('The import of a file of no known platform', () => {
  it('reports nothing that a database refuses, whatever its headers and cells hold', () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom(
        '\0',
        'paid\0',
        'N/A\0',
        'Zo\u00c3\u00ab\0',
        '\ud800',
        'a@example.com',
        '20.00',
        'x'.repeat(300),
      ),
    );
    const row = fc.tuple(cell, cell, cell, cell);
    const headers = fc.tuple(
      fc.constantFrom('Order ID', 'Nr\0'),
      fc.constantFrom('Email', 'Mail\ud800'),
      fc.constantFrom('Status', 'Paid', 'Total\0'),
      cell,
    );
    fc.assert(
      fc.property(headers, fc.array(row, { minLength: 1, maxLength: 6 }), (header, rows) => {
        const { questions, suggestion, assumptions, detection, columns, damage } = reportOf([
          header.map((name, at) => name || `Column ${at}`),
          ...rows.map(([first, ...rest]) => [first || 'A-1', ...rest]),
        ]);
        const json = JSON.stringify({ questions, suggestion, assumptions, detection, columns, damage });
        expect(json).not.toMatch(/\\u0000|\\ud[89a-f]/);
        expect(json.isWellFormed()).toBe(true);
      }),
    );
  });

  it('only suggests what is understood, when its sender wants to say what the columns are', () => {
    const rows = [
      ['Order ID', 'Email', 'Total', 'Currency'],
      ['1', 'ada@example.com', '20.00', 'EUR'],
    ];
    expect(reportOf(rows)).toMatchObject({ platform: 'generic', questions: [], suggestion: null });
    const asked = reportOf(rows, { ask: true });
    expect(asked).toMatchObject({ platform: null, columns: null, questions: [] });
    expect(asked.suggestion?.columns.map(({ as }) => as)).toEqual([
      'externalId',
      'email',
      'amount',
      'currency',
    ]);
  });

  it('asks for words as they are to be taught, however long they are', () => {
    const word = 'Waiting until the bank has confirmed the transfer of the deposit';
    const { questions, suggestion } = reportOf([
      ['Order ID', 'Email', 'Status', 'Total', 'Product'],
      ['1', 'ada@example.com', word, '20.00', 'Lamp'],
      ['2', 'bo@example.com', 'paid', '20.00', 'Lamp'],
    ]);
    expect(questions).toMatchObject([{ code: 'unknown_words', cells: [word] }]);
    if (suggestion === null) throw new Error('A file that waits has a suggestion.');
    const accepted = acceptedColumns({ suggestion, questions });
    expect(untaughtWords(accepted, questions)).toEqual({ header: 'Status', words: [word] });
    const taught = accepted.map((column) =>
      column.as === 'status' ? { ...column, values: { [word]: 'PENDING' as const } } : column,
    );
    expect(untaughtWords(taught, questions)).toBeNull();
  });

  it('says that amounts are taken as they were before the refunds beside them', () => {
    const codesOf = (...rows: readonly (readonly string[])[]) =>
      reportOf(rows).assumptions.map(({ code }) => code);
    const refunds = codesOf(
      ['Order ID', 'Email', 'Total', 'Refunded Amount', 'Status', 'Product', 'Qty', 'Date'],
      ['1', 'ada@example.com', '40.00', '10.00', 'paid', 'Lamp', '1', '2024-05-22'],
    );
    expect(refunds).toEqual(['amount_before_refund']);
    const none = codesOf(
      ['Order ID', 'Email', 'Total', 'Status', 'Product', 'Qty', 'Date'],
      ['1', 'ada@example.com', '40.00', 'paid', 'Lamp', '1', '2024-05-22'],
    );
    expect(none).toEqual([]);
  });

  it('says that its chunks may divide orders, where the header alone did not show them', () => {
    const wide = Array.from({ length: 300 }, (_, at) => `Zebra ${at}`);
    const blank = wide.map(() => '');
    const table = (headers: readonly string[]) =>
      reportOf([
        [...headers, ...wide],
        ['1', 'ada@example.com', 'Lampe', '2', ...blank],
        ['1', 'ada@example.com', 'Kabel', '1', ...blank],
      ]);
    expect(table(['Bestellnummer', 'E-Mail', 'Artikel', 'Menge'])).toMatchObject({
      questions: [],
      orders: { orderColumn: 0 },
      ordersAreWhole: false,
    });
    expect(table(['Order ID', 'Email', 'Product', 'Quantity'])).toMatchObject({
      orders: { orderColumn: 0 },
      ordersAreWhole: true,
    });
  });
});
