import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRepeats, mapKeys, pickSiblings } from '../map-keys.js';
import type { RowRun } from './sibling-rows.js';

const columns = ['Order ID', 'Name', 'Email', 'Amount', 'Currency', 'Status', 'Product', 'Quantity'];
const people = ['ada', 'grace'] as const;

const row = fc
  .record({
    number: fc.constantFrom('1', '2', '3', '', '4', '5'),
    person: fc.constantFrom(...people),
    amount: fc.constantFrom('10.00', '12.50', '-10.00', '-4.00', ''),
    status: fc.constantFrom('paid', 'refunded', 'pending'),
    product: fc.constantFrom('Lamp', 'Mug'),
  })
  .map(({ number, person, amount, status, product }) => [
    number,
    person,
    `${person}@example.com`,
    amount,
    'USD',
    status,
    product,
    '1',
  ]);

/** Maps rows in chunks, each together with its siblings in the others; orders stay in one chunk, as the reader cuts them. */
function mapInChunks(headers: readonly string[], rows: readonly (readonly string[])[], size: number) {
  const options = { platform: 'generic' };
  const repeats = findRepeats(headers, options);
  for (const cells of rows) repeats?.add(cells);
  const groups = (repeats?.result().groups ?? []).map((group) => group.map((at) => at + 1));
  const whole = run(rows, 0, rows.length);
  const orders = pickSiblings(headers, whole, new Set(whole.lines.map((line) => line - 1)), options);
  const chunks: RowRun[] = [];
  for (let at = 0; at < orders.length; at += size) {
    const first = orders[at]?.firstRow ?? 1;
    const end = orders[at + size]?.firstRow ?? rows.length + 1;
    chunks.push(run(rows, first - 1, end - 1));
  }
  const isIn = ({ firstRow, rows: own }: RowRun, number: number) =>
    number >= firstRow && number < firstRow + own.length;
  return chunks.map((chunk) => {
    const shared = groups.filter((group) => group.some((number) => isIn(chunk, number))).flat();
    const wanted = new Set(shared.filter((number) => !isIn(chunk, number)));
    const siblings = chunks
      .filter((other) => other !== chunk)
      .flatMap((other) => pickSiblings(headers, other, wanted, options));
    return mapKeys(headers, chunk.rows, { ...options, ...chunk, siblings });
  });
}

function run(rows: readonly (readonly string[])[], from: number, to: number): RowRun {
  const part = rows.slice(from, to);
  return { firstRow: from + 1, lines: part.map((_, at) => from + at + 2), rows: part };
}

describe('chunks that are mapped with their siblings', () => {
  it.each([
    ['each row is a pledge', columns.slice(0, 6)],
    ['rows make orders', columns],
  ])('give what the whole file gives in one, where %s', (_, headers) => {
    const rowsOf = fc.array(
      row.map((cells) => cells.slice(0, headers.length)),
      { minLength: 1, maxLength: 14 },
    );
    fc.assert(
      fc.property(rowsOf, fc.integer({ min: 1, max: 5 }), (rows, size) => {
        const whole = mapKeys(headers, rows, { platform: 'generic' });
        const parts = mapInChunks(headers, rows, size);
        expect(parts.flatMap(({ records }) => records)).toEqual(whole.records);
        expect(parts.flatMap(({ issues }) => issues)).toEqual(whole.issues);
        expect(parts.flatMap(({ rejects }) => rejects)).toEqual(whole.rejects);
        expect(parts.flatMap(({ leftOut }) => leftOut)).toEqual(whole.leftOut);
      }),
      { numRuns: 150 },
    );
  });
});
