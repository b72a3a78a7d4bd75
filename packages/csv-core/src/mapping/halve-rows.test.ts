import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halveChunk } from '../map-keys.js';

const headers = ['Order ID', 'Email', 'Amount', 'Currency', 'Product', 'Quantity'];
const rowOf = (number: string) => [number, 'ada@example.com', '5.00', 'EUR', 'Lamp', '1'];
const halve = (numbers: readonly string[]) =>
  halveChunk(headers, numbers.map(rowOf), { platform: 'generic' });

describe('halveChunk', () => {
  it('cuts in the middle where each row is an order', () => {
    expect(halve(['1', '2', '3', '4'])).toEqual({ at: 2, siblingsOfFirst: [], siblingsOfSecond: [] });
  });

  it('cuts where an order ends, as near to the middle as it can', () => {
    expect(halve(['1', '2', '2', '2', '2', '3'])?.at).toBe(1);
    expect(halve(['1', '1', '1', '1', '2', '3'])?.at).toBe(4);
  });

  it('does not cut one order', () => {
    expect(halve(['1'])).toBeNull();
    expect(halve(['1', '1', '1'])).toBeNull();
  });

  it('names the rows of each half that bear a number of the other', () => {
    expect(halve(['1', '2', '3', '1', '4', '2'])).toEqual({
      at: 3,
      siblingsOfFirst: [3, 5],
      siblingsOfSecond: [0, 1],
    });
  });

  it('comes down to single orders, in at most as many cuts as there are rows', () => {
    const numbers = fc.array(fc.constantFrom('1', '2', '3', '4'), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(numbers, (all) => {
        const leaves = (rows: readonly string[]): readonly (readonly string[])[] => {
          const halves = halve(rows);
          if (halves === null) return [rows];
          expect(halves.at).toBeGreaterThan(0);
          expect(halves.at).toBeLessThan(rows.length);
          return [...leaves(rows.slice(0, halves.at)), ...leaves(rows.slice(halves.at))];
        };
        const cut = leaves(all);
        expect(cut.flat()).toEqual(all);
        for (const leaf of cut) expect(new Set(leaf).size).toBe(1);
        for (const [at, leaf] of cut.entries()) if (at > 0) expect(leaf[0]).not.toBe(cut[at - 1]?.[0]);
      }),
    );
  });
});
