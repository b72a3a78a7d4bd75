import { describe, expect, it } from 'vitest';
import { followOrders } from './order-grouping.js';

/** For each cell of the order column whether its row goes on with the order before it. */
function follow(blankContinues: boolean, cells: readonly string[]): readonly boolean[] {
  const continues = followOrders({ orderColumn: 1, blankContinues });
  return cells.map((cell) => continues(['mug', cell]));
}

describe('followOrders', () => {
  it('takes rows with the same number for one order', () => {
    expect(follow(false, ['1', '1', '2', '1'])).toEqual([false, true, false, false]);
  });

  it('takes a blank number for the order above only where the platform means that', () => {
    expect(follow(true, ['1', '', ' '])).toEqual([false, true, true]);
    expect(follow(false, ['1', '', ' '])).toEqual([false, false, false]);
  });

  it('remembers the order across blank numbers', () => {
    expect(follow(true, ['1', '', '1', '2'])).toEqual([false, true, true, false]);
  });

  it('has rows without a number above the first order stand together', () => {
    expect(follow(true, ['', '', '1'])).toEqual([false, true, false]);
  });

  it('takes a row that ends before the column for one with a blank number', () => {
    const continues = followOrders({ orderColumn: 1, blankContinues: true });
    expect([['mug', '1'], ['hat'], []].map(continues)).toEqual([false, true, true]);
  });

  it.each([
    ['blanks around them', '1001', ' 1001\u00a0'],
    ['a spreadsheet guard', '00123', '="00123"'],
    ['an apostrophe', '00123', "'00123"],
    ['another form of the same letter', 'A\u00e9', 'Ae\u0301'],
  ])('takes numbers for the same that differ only by %s', (_, number, other) => {
    expect(follow(false, [number, other, number])).toEqual([false, true, true]);
  });

  it('takes an empty spreadsheet guard for a blank number', () => {
    expect(follow(true, ['1', '=""', '1'])).toEqual([false, true, true]);
  });

  it.each(['1.23E+11', 'A\ufffd', 'A\0'])('compares %j, which is no number, as it is written', (cell) => {
    expect(follow(false, [cell, ` ${cell}`, '1'])).toEqual([false, true, false]);
  });

  it('keeps numbers apart that differ by case', () => {
    expect(follow(false, ['a1', 'A1'])).toEqual([false, false]);
  });
});
