import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readRetryAfter } from './retry-after.js';

const now = Date.parse('2026-11-23T10:00:00Z');
const day = 86_400_000;

it.each([
  ['0', 0],
  ['120', 120_000],
  [' 7 ', 7_000],
  ['999999999999999999999', day],
  ['9'.repeat(400), day],
  ['Mon, 23 Nov 2026 10:00:30 GMT', 30_000],
  ['Mon, 23 Nov 2026 09:00:00 GMT', 0],
  ['Tue, 23 Nov 2038 10:00:00 GMT', day],
])('Retry-After %j asks for a wait of %i ms', (header, expected) => {
  expect(readRetryAfter(header, now)).toBe(expected);
});

it.each([
  undefined,
  '',
  '-5',
  '1.5',
  '1e3',
  '0x10',
  'soon',
  'NaN',
  'Infinity',
  '2026-11-23',
  'Mon, 99 Xxx 2026 10:00:30 GMT',
  '12, 13',
])('Retry-After %j is ignored', (header) => {
  expect(readRetryAfter(header, now)).toBeNull();
});

it('Retry-After never asks for more than a day, whatever it contains', () => {
  fc.assert(
    fc.property(fc.string(), (header) => {
      const ms = readRetryAfter(header, now) ?? 0;
      expect(ms).toBeGreaterThanOrEqual(0);
      expect(ms).toBeLessThanOrEqual(day);
    }),
  );
});
