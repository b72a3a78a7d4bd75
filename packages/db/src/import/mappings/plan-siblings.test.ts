import { describe, expect, it } from 'vitest';
import { planSiblings } from './plan-siblings.js';

const chunksOf = (count: number, rowCount: number) =>
  Array.from({ length: count }, (_, at) => ({ firstRow: 1 + at * rowCount, rowCount }));

describe('planSiblings', () => {
  it('gives each chunk the rows of other chunks that share a number with its own', () => {
    const groups = [
      [3, 12, 25],
      [1, 2],
      [9, 11],
    ];
    expect(planSiblings(chunksOf(3, 10), groups)).toEqual({
      siblings: [
        [11, 12, 25],
        [3, 9, 25],
        [3, 12],
      ],
      uncompared: 0,
    });
  });

  it('takes a file that was appended to itself, whatever its size', () => {
    const rows = 500_000;
    const groups = Array.from({ length: 5_000 }, (_, at) => [1 + at * 100, 1 + at * 100 + rows]);
    const { siblings, uncompared } = planSiblings(chunksOf(400, 2_500), groups);
    expect(uncompared).toBe(0);
    expect(siblings.map((each) => each.length)).toEqual(Array.from({ length: 400 }, () => 25));
  });

  it('counts the numbers that are in too many chunks', () => {
    const everywhere = Array.from({ length: 400 }, (_, at) => 1 + at * 2_500);
    const { siblings, uncompared } = planSiblings(chunksOf(400, 2_500), [everywhere, [1, 2_501]]);
    expect(uncompared).toBe(1);
    expect(siblings.flat()).toEqual([2_501, 1]);
  });
});
