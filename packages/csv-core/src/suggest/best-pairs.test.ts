import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestPairs } from './best-pairs.js';

type Scores = readonly (readonly number[])[];

/** The greatest possible total, found by trying all pairs. */
function bestTotal(scores: Scores, taken: ReadonlySet<number> = new Set()): number {
  const [row, ...rest] = scores;
  if (!row) return 0;
  const totals = row.map((score, column) =>
    taken.has(column) || score <= 0 ? 0 : score + bestTotal(rest, new Set([...taken, column])),
  );
  return Math.max(bestTotal(rest, taken), ...totals);
}

function totalOf(scores: Scores, pairs: readonly (number | null)[]): number {
  return pairs.reduce<number>(
    (sum, column, row) => sum + (column === null ? 0 : (scores[row]?.[column] ?? 0)),
    0,
  );
}

const score = fc.integer({ min: -20, max: 100 }).map((hundredths) => hundredths / 100);
const matrix = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
  .chain(([rows, columns]) =>
    fc.array(fc.array(score, { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  );

describe('bestPairs', () => {
  it('finds the greatest total, like trying all pairs, for any number of rows and columns', () => {
    fc.assert(
      fc.property(matrix, (scores) => {
        const pairs = bestPairs(scores);
        const columns = pairs.filter((column) => column !== null);
        expect(new Set(columns).size).toBe(columns.length);
        expect(totalOf(scores, pairs)).toBeCloseTo(bestTotal(scores), 6);
        for (const [row, column] of pairs.entries()) {
          if (column !== null) expect(scores[row]?.[column]).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('prefers the greatest total to the greatest single score', () => {
    const scores = [
      [0.9, 0.8],
      [0.8, 0.1],
    ];
    expect(bestPairs(scores)).toEqual([1, 0]);
  });

  it('prefers earlier rows and columns where scores are equal', () => {
    expect(bestPairs([[0, 0.9, 0.9]])).toEqual([1]);
    expect(bestPairs([[0.5], [0.5]])).toEqual([0, null]);
  });

  it('makes no pairs without rows, columns or positive scores', () => {
    expect(bestPairs([])).toEqual([]);
    expect(bestPairs([[], []])).toEqual([null, null]);
    expect(bestPairs([[0], [-1]])).toEqual([null, null]);
  });
});
