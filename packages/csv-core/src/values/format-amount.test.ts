import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatAmount } from './format-amount.js';

it.each([
  ['25.5', 'EUR', '25.50'],
  ['128', 'EUR', '128.00'],
  ['128.0000', 'JPY', '128'],
  ['128.5000', 'JPY', '128.5'],
  ['1.25', 'KWD', '1.250'],
  ['-0.1', 'USD', '-0.10'],
  ['0.0625', 'USD', '0.0625'],
  ['7', null, '7.00'],
])('The amount %s of %s is written %s', (amount, currency, written) => {
  expect(formatAmount(amount, currency)).toBe(written);
});

it('An amount that is written again stays as it is, and keeps its value', () => {
  const amounts = fc.tuple(fc.bigInt(-(10n ** 15n), 10n ** 15n), fc.stringMatching(/^\d{0,4}$/));
  fc.assert(
    fc.property(amounts, fc.constantFrom('EUR', 'JPY', 'KWD', null), ([whole, fraction], currency) => {
      const amount = fraction === '' ? `${whole}` : `${whole}.${fraction}`;
      const written = formatAmount(amount, currency);
      expect(formatAmount(written, currency)).toBe(written);
      expect(Number(written)).toBe(Number(amount));
    }),
  );
});
