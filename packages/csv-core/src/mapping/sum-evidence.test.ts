import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepCells, type RowChunk } from '../csv/row-chunk.js';
import { mapOptions } from '../import/map-options.js';
import { openTextImport } from '../import/table-import.js';
import { mapKeys } from '../map-keys.js';
import { createSumEvidence, MAX_SUMS } from './sum-evidence.js';

const headers = ['Order ID', 'Email', 'Total', 'Currency', 'Qty'];
const order = (id: number, total: string, quantity = '1') => [
  `A-${id}`,
  'ada@example.com',
  total,
  'USD',
  quantity,
];
const orders = [order(1, '10.00'), order(2, '20.50', '2')];

/** The lines of the sums; the first row is on line 2. */
function sums(rows: readonly (readonly string[])[]): readonly number[] {
  const evidence = createSumEvidence(headers);
  for (const [index, cells] of rows.entries()) evidence.add(cells, index + 2);
  return evidence.lines();
}

describe('The evidence of sums', () => {
  it.each([
    ['with an unknown label', ['Ukupno', '', '30.50', '', '3']],
    ['with a currency', ['', '', '30.50', 'USD', '']],
    ['written in another way', ['Ukupno', '', '$30.50 USD', '', '3']],
    ['with its label in another column', ['', '', '30.5', 'kokku', '3']],
  ])('finds a row with the sums of the rows above it: %s', (_, sum) => {
    expect(sums([...orders, sum])).toEqual([4]);
  });

  it('finds sums of blocks, and the sum of all blocks below them', () => {
    const sum = (total: string, quantity: string) => ['x', '', total, '', quantity];
    const rows = [...orders, sum('30.50', '3'), order(3, '1.00'), order(4, '2.00'), sum('3.00', '2')];
    expect(sums([...rows, sum('33.50', '5')])).toEqual([4, 7, 8]);
  });

  it.each([
    ['an address', ['', 'ada@example.com', '30.50', '', '3']],
    ['a number of its own', ['A-3', '', '30.50', '', '3']],
    ['another amount', ['Ukupno', '', '30.51', '', '3']],
    ['another quantity', ['Ukupno', '', '30.50', '', '4']],
    ['two texts', ['Ukupno', '', '30.50', 'paid', '']],
    ['text where the other rows have numbers', ['Ukupno', '', '30.50', '', 'three']],
    ['no number', ['Ukupno', '', '', '', '']],
    ['only zeros', ['Ukupno', '', '', '', '0']],
  ])('finds none in a row with %s', (_, cells) => {
    expect(sums([...orders, cells])).toEqual([]);
  });

  it('finds none below one row, or below a row that names nobody', () => {
    expect(sums([order(1, '10.00'), ['Ukupno', '', '10.00', '', '1']])).toEqual([]);
    const guest = ['A-3', '', '5.00', 'USD', '1'];
    expect(sums([...orders, guest, ['Ukupno', '', '35.50', '', '4']])).toEqual([]);
  });

  it('is not led astray by rows with text alone', () => {
    expect(sums([...orders, ['All in USD', '', '', '', ''], ['Ukupno', '', '30.50', '', '3']])).toEqual([5]);
  });

  it('keeps a bounded number of sums', () => {
    const block = [order(1, '1.00'), order(2, '1.00'), ['x', '', '2.00', '', '2']];
    const rows = Array.from({ length: MAX_SUMS + 5 }, () => block).flat();
    expect(sums(rows)).toHaveLength(MAX_SUMS);
  });

  it('finds the sum of any amounts, in any notation', () => {
    const write = (cents: number, mark: string) =>
      `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}${mark}${String(Math.abs(cents) % 100).padStart(2, '0')}`;
    const amounts = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 2 });
    fc.assert(
      fc.property(amounts, fc.constantFrom('.', ','), (cents, mark) => {
        const rows = cents.map((one, index) => order(index, write(one, mark), ''));
        const sum = cents.reduce((total, one) => total + one, 0);
        expect(sums([...rows, ['x', '', write(sum, mark), '', '']])).toEqual(
          sum === 0 ? [] : [rows.length + 2],
        );
      }),
    );
  });
});

describe('A sum that is known by adding up', () => {
  function leftOut(csv: string, chunkRows: number) {
    const chunks: RowChunk[] = [];
    const reader = openTextImport({ packer: keepCells, onChunk: (chunk) => chunks.push(chunk), chunkRows });
    reader.push(new TextEncoder().encode(csv));
    const options = mapOptions(reader.end());
    const mapped = chunks.map(({ headers: names, rows, lines, firstRow }) =>
      mapKeys(names, rows, { ...options, lines, firstRow }),
    );
    return {
      leftOut: mapped.flatMap((one) => one.leftOut),
      rejects: mapped.flatMap(({ rejects }) => rejects.map(({ row }) => row)),
      records: mapped.flatMap(({ records }) => records).length,
    };
  }
  const rows = (count: number) =>
    Array.from({ length: count }, (_, index) => `A-${index},ada@example.com,Ada Example,1.50,USD,paid\n`);
  const header = 'Order ID,Email,Name,Total,Currency,Status\n';

  it.each([1, 2, 5, 100])('is left out, whatever the borders of chunks are: %i rows', (chunkRows) => {
    const csv = `${header}${rows(9).join('')}Ukupno,,,13.50,USD,\n`;
    expect(leftOut(csv, chunkRows)).toEqual({
      leftOut: [{ row: 10, line: 11, reason: 'sum' }],
      rejects: [],
      records: 9,
    });
  });

  it('stays a record where its row names somebody, or the number is not the sum', () => {
    const first = `${header}${rows(9).join('')}`;
    expect(leftOut(`${first}Guest,,Bo Example,13.50,USD,\n`, 5)).toEqual({
      leftOut: [],
      rejects: [],
      records: 10,
    });
    expect(leftOut(`${first}Ukupno,,,13.51,USD,\n`, 5)).toEqual({ leftOut: [], rejects: [], records: 10 });
  });
});
