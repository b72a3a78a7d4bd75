import { describe, expect, it } from 'vitest';
import { decimalMarkShown } from './decimal-mark.js';

describe('decimalMarkShown', () => {
  it.each([
    ['10,50', ','],
    ['1.234,5', ','],
    ['1.234,56 €', ','],
    ['1.234.567,00', ','],
    ['€ 9,5', ','],
    ['$25.00 USD', '.'],
    ['1,234.5', '.'],
    ['1,234,567.00', '.'],
    ['(12.00)', '.'],
    ['1.234', null],
    ['1,234', null],
    ['1,234,567', null],
    ['12', null],
    ['', null],
    ['2024.03.31', null],
    ['free', null],
    ['x'.repeat(100), null],
  ])('finds in %j the decimal mark %j', (text, mark) => {
    expect(decimalMarkShown(text)).toBe(mark);
  });
});
