import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyString } from './any-string.testing.js';
import { parseQuantity } from './quantity.js';

describe('parseQuantity', () => {
  it.each([
    ['0', 0],
    ['1', 1],
    [' 2 ', 2],
    ['2.0', 2],
    ['2.00', 2],
    ['3,00', 3],
    ['007', 7],
    ['1,000', 1000],
    ['1 000', 1000],
    ['1\u202f000', 1000],
    ["1'000", 1000],
    ['2x', 2],
    ['x 2', 2],
    ['×2', 2],
    ['２', 2],
    ['="2"', 2],
    ['1,234,567', 1_234_567],
    ['2147483647', 2_147_483_647],
  ])('reads %j as %i', (text, value) => {
    expect(parseQuantity(text)).toEqual({ ok: true, value });
  });

  it.each([
    '-1',
    '1.5',
    'x',
    '',
    '2xx',
    '1.000',
    '2 pcs',
    '1e3',
    '2147483648',
    '9999999999',
    '1,00,0',
    '2.000',
    '0x10',
    '٣',
    '1 00',
    '1 000,000',
  ])('refuses %j', (text) => {
    expect(parseQuantity(text)).toMatchObject({ ok: false, problem: { code: 'invalid_quantity' } });
  });

  it('reads every whole number, plain, with decimals that are zero, or with thousands separators', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_147_483_647 }), (value) => {
        for (const text of [String(value), value.toFixed(2), value.toLocaleString('en-US')]) {
          expect(parseQuantity(text)).toEqual({ ok: true, value });
        }
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(anyString, (text) => void parseQuantity(text)));
  });
});
