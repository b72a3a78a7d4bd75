import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRepeats } from '../map-keys.js';

const headers = ['Order ID', 'Email', 'Amount'];

function repeatsOf(numbers: readonly string[], names: readonly string[] = headers) {
  const evidence = findRepeats(names, { platform: 'generic' });
  for (const number of numbers) evidence?.add([number, `${number}@example.com`, '1.00']);
  return evidence?.result() ?? null;
}

describe('findRepeats', () => {
  it('lists the rows of each number that several rows have, however it is written, and no blank ones', () => {
    expect(repeatsOf(['7', '8', ' 7', '', '9', '', '7', '8'])).toEqual({
      groups: [
        [0, 2, 6],
        [1, 7],
      ],
      unlisted: 0,
    });
  });

  it('knows nothing of a file without a column of numbers', () => {
    expect(repeatsOf(['7', '7'], ['Name', 'Email', 'Amount'])).toBeNull();
  });

  it('finds every repeated number, however many there are', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3_000).map(String), { maxLength: 3_000 }), (numbers) => {
        const rows = new Map<string, number[]>();
        for (const [at, number] of numbers.entries()) rows.set(number, [...(rows.get(number) ?? []), at]);
        const wanted = [...rows.values()].filter((group) => group.length > 1);
        const byFirst = (a: readonly number[], b: readonly number[]) => (a[0] ?? 0) - (b[0] ?? 0);
        expect(repeatsOf(numbers)?.groups.toSorted(byFirst)).toEqual(wanted);
      }),
      { numRuns: 30 },
    );
  });
});
