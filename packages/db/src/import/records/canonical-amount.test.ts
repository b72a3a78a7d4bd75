import { expect, it } from 'vitest';
import { canonicalAmount } from './canonical-amount.js';

it.each([
  ['12.5', '12.5000'],
  ['0', '0.0000'],
  ['-0', '0.0000'],
  ['-0.00', '0.0000'],
  ['-3.1', '-3.1000'],
  ['007.25', '7.2500'],
  ['123456789012345.6789', '123456789012345.6789'],
])('writes %s as Postgres prints it', (amount, canonical) => {
  expect(canonicalAmount(amount)).toBe(canonical);
});
