import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyString } from './any-string.testing.js';
import { bareText } from './bare-text.js';

describe('bareText', () => {
  it.each([
    ['10.00', '10.00'],
    ['  10.00\t', '10.00'],
    ['="10.00"', '10.00'],
    ["'-5.00", '-5.00'],
    ['1\u00a0\u202f234', '1 234'],
    ['\u200e4/24/2014', '4/24/2014'],
    ['１２，３４５．６０', '12,345.60'],
    ['￥１００', '¥100'],
    ['￦１００', '₩100'],
    ['\ufeff\u3000あ\u3000', 'あ'],
    ['a\nb', 'a\nb'],
    ['="', '="'],
    ['', ''],
  ])('reads %j as %j', (text, bare) => {
    expect(bareText(text)).toBe(bare);
  });

  it('leaves plain text as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        const plain = text.trim().replace(/ +/g, ' ');
        if (!/^[='"]/.test(plain)) expect(bareText(plain)).toBe(plain);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(anyString, (text) => void bareText(text)));
  });
});
