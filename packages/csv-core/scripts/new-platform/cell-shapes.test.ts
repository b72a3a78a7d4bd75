import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDateTime } from '../../src/values/date.js';
import { parseMoney } from '../../src/values/money.js';
import { createDraw, otherAmount, otherDate, sameShape } from './cell-shapes.js';

const shapeOf = (text: string) =>
  text
    .replace(/\p{Nd}/gu, '9')
    .replace(/\p{Lu}/gu, 'X')
    .replace(/\p{Ll}/gu, 'x');

describe('sameShape', () => {
  it('changes letters and digits, but keeps length, case and all other characters', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[#A-Z]{1,3}-[0-9]{4,12}[a-z]{0,4}$/), fc.nat(), (code, seed) => {
        const other = sameShape(code, createDraw(seed));
        expect(shapeOf(other)).toBe(shapeOf(code));
      }),
    );
    expect(sameShape('#1001-AB', createDraw(1))).not.toBe('#1001-AB');
  });

  it('keeps leading zeros, and never makes scientific notation', () => {
    for (let seed = 0; seed < 500; seed += 1) {
      expect(sameShape('000000101', createDraw(seed))).toMatch(/^000000[1-9]\d\d$/);
      expect(sameShape('9x2', createDraw(seed))).not.toMatch(/e/i);
    }
  });
});

describe('otherAmount', () => {
  it.each(['$1,234.50', '0,99 €', '12', '-5.00', 'CA$20.00', '1 560,00 kr'])(
    'makes of %s an amount in the same notation and currency',
    (text) => {
      const [before, after] = [parseMoney(text), parseMoney(otherAmount(text, createDraw(7)))];
      expect(before.ok && after.ok).toBe(true);
      expect(after.ok && after.value.currency).toBe(before.ok && before.value.currency);
      expect(shapeOf(otherAmount(text, createDraw(7)))).toBe(shapeOf(text));
    },
  );

  it.each(['0', '0.00', '$0.00', '-', ''])('keeps "%s", which is no amount above zero', (text) => {
    expect(otherAmount(text, createDraw(7))).toBe(text);
  });
});

describe('otherDate', () => {
  it.each([
    '2026-09-02 10:00:00 UTC',
    '2026-12-31T23:59:59.123456+05:30',
    '11/29/24 22:28',
    '27.04.2024',
    'Sep 10, 2026 10:30:00 AM',
    '2013/06/30, 18:45',
    '3 March 2024',
  ])('makes of %s a date in the same notation', (text) => {
    for (let seed = 0; seed < 300; seed += 1) {
      const other = otherDate(text, createDraw(seed));
      expect(other).toHaveLength(text.length);
      expect([
        other,
        parseDateTime(other, { order: 'mdy' }).ok || parseDateTime(other, { order: 'dmy' }).ok,
      ]).toEqual([other, true]);
    }
  });

  it('makes a date that proves the order of day and month only if the original does', () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const proof = otherDate('04/27/2024', createDraw(seed));
      expect(parseDateTime(proof, { order: 'mdy' }).ok).toBe(true);
      expect(parseDateTime(proof, { order: 'dmy' }).ok).toBe(false);
      const either = parseDateTime(otherDate('03/04/2024', createDraw(seed)));
      expect(either.ok || either.problem.code === 'ambiguous_date').toBe(true);
    }
  });
});
