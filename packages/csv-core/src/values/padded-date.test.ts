import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDateTime } from './date.js';
import { readPaddedDate } from './padded-date.js';

describe('readPaddedDate', () => {
  it.each([
    ['2024/03/31, 12:41', '2024-03-31T12:41:00.000Z'],
    ['2024-03-31 12:41', '2024-03-31T12:41:00.000Z'],
    ['2024-03-31 12:41:05', '2024-03-31T12:41:05.000Z'],
    ['2024/02/29, 00:00', '2024-02-29T00:00:00.000Z'],
  ])('reads %j', (text, expected) => {
    expect(readPaddedDate(text)).toBe(expected);
  });

  it.each([
    '',
    '2024-03-31',
    '2024/03-31 12:41',
    '2023/02/29, 00:00',
    '2024/13/01, 00:00',
    '2024/03/31, 24:00',
    '2024/03/31, 12:60',
    '1969/03/31, 12:00',
    '2101/03/31, 12:00',
    '2024/3/31, 12:41',
    '2024/03/31 12:41 PM',
    '2024-03-31 12:41:05 -0700',
    '2024-03-31T12:41',
    '+024/03/31, 12:41',
    '２０２４/03/31, 12:41',
  ])('leaves %j to parseDateTime', (text) => {
    expect(readPaddedDate(text)).toBeNull();
  });

  it('reads nothing differently from parseDateTime', () => {
    const number = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
    const separator = fc.constantFrom('/', '-', '.', '');
    const date = fc
      .tuple(fc.integer({ min: 1960, max: 2110 }), separator, number(13), separator, number(32))
      .map((parts) => parts.join(''));
    const time = fc
      .tuple(fc.constantFrom(', ', ' ', 'T', ','), number(25), fc.constantFrom(':', '.'), number(61))
      .map((parts) => parts.join(''));
    const rest = fc.constantFrom('', ':07', ':59', ':60', ' PM', 'Z', ':5', ':07.5');
    fc.assert(
      fc.property(date, time, rest, (day, clock, end) => {
        const text = `${day}${clock}${end}`;
        const value = readPaddedDate(text);
        if (value !== null) expect(parseDateTime(text)).toEqual({ ok: true, value });
      }),
      { numRuns: 5_000 },
    );
  });
});
