import { expect, it } from 'vitest';
import { readUnits } from './read-units.js';

it('Units are whole numbers, nothing means that nobody knows, and all else is refused', () => {
  expect([' 12 ', '0', '2147483647'].map(readUnits)).toEqual([12, 0, 2_147_483_647]);
  expect(['', '  '].map(readUnits)).toEqual([null, null]);
  for (const wrong of ['-1', '1.5', '1,5', '1e3', 'ten', '2147483648', '99999999999']) {
    expect(readUnits(wrong), wrong).toBeUndefined();
  }
});
