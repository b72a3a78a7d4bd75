import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyString } from './any-string.testing.js';
import { type DateOrder, decideDateOrder, parseDateTime } from './date.js';

describe('parseDateTime', () => {
  it.each([
    ['2014/04/24, 05:37', '2014-04-24T05:37:00.000Z'],
    ['1973-05-03, 23:35', '1973-05-03T23:35:00.000Z'],
    ['2015-10-05 01:02:55 -0700', '2015-10-05T08:02:55.000Z'],
    ['2025-05-11 09:55:16 -0400', '2025-05-11T13:55:16.000Z'],
    ['2024-06-10 12:00', '2024-06-10T12:00:00.000Z'],
    ['2024-06-10', '2024-06-10T00:00:00.000Z'],
    [' 2024-6-1 ', '2024-06-01T00:00:00.000Z'],
    ['2024-06-10T12:00:01Z', '2024-06-10T12:00:01.000Z'],
    ['2024-06-10T12:00:01.123456Z', '2024-06-10T12:00:01.123Z'],
    ['2024-06-10T12:00:01.5+05:30', '2024-06-10T06:30:01.500Z'],
    ['2026-08-10 13:37:12.123456+00', '2026-08-10T13:37:12.123Z'],
    ['2024-01-01 00:30:00 +0100', '2023-12-31T23:30:00.000Z'],
    ['2024-06-10 12:00:00 UTC', '2024-06-10T12:00:00.000Z'],
    ['2024-06-10 1:05 PM', '2024-06-10T13:05:00.000Z'],
    ['2024-06-10 12:05am', '2024-06-10T00:05:00.000Z'],
    ['09/27/17', '2017-09-27T00:00:00.000Z'],
    ['09/27/2017', '2017-09-27T00:00:00.000Z'],
    ['27/09/2017', '2017-09-27T00:00:00.000Z'],
    ['27-09-2017 10:00', '2017-09-27T10:00:00.000Z'],
    ['05/05/2024', '2024-05-05T00:00:00.000Z'],
    ['3.4.2024', '2024-04-03T00:00:00.000Z'],
    ['12/31/70', '1970-12-31T00:00:00.000Z'],
    ['12/31/69', '2069-12-31T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2000-02-29', '2000-02-29T00:00:00.000Z'],
    ['2100-12-31 23:59:59', '2100-12-31T23:59:59.000Z'],
  ])('reads %j as %s', (text, value) => {
    expect(parseDateTime(text)).toEqual({ ok: true, value });
  });

  it.each<[string, DateOrder, string]>([
    ['03/04/2024', 'mdy', '2024-03-04T00:00:00.000Z'],
    ['03/04/2024', 'dmy', '2024-04-03T00:00:00.000Z'],
    ['03/04/24 05:06:07', 'mdy', '2024-03-04T05:06:07.000Z'],
    ['3.4.2024', 'mdy', '2024-04-03T00:00:00.000Z'],
  ])('reads %j in the order %s as %s', (text, order, value) => {
    expect(parseDateTime(text, { order })).toEqual({ ok: true, value });
  });

  it.each([
    '',
    'yesterday',
    '2024-02-30',
    '2023-02-29',
    '2100-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-01-00',
    '2024-06-10 25:00',
    '2024-06-10 24:00',
    '2024-06-10 12:60',
    '2024-06-10 12:00:60',
    '2024-06-10 13:00 PM',
    '2024-06-10 0:00 AM',
    '2024-06-10 12:00 +1500',
    '2024-06-10 12:00 +0160',
    '2024-06/10',
    '1969-12-31',
    '2101-01-01',
    '1970-01-01 00:00 +0100',
    '2100-12-31 23:30 -0100',
    '13/13/2024',
    '09.27.2017',
    '2024-06-10 12',
    '20240610',
    '45200',
    '2024-06-10 12:00 EST',
    '٢٠٢٤-٠١-٠١',
  ])('refuses %j', (text) => {
    expect(parseDateTime(text)).toMatchObject({ ok: false, problem: { code: 'invalid_date' } });
  });

  it('does not guess between day and month, nor read against a given order', () => {
    expect(parseDateTime('03/04/2024')).toMatchObject({ ok: false, problem: { code: 'ambiguous_date' } });
    expect(parseDateTime('27/09/2017', { order: 'mdy' })).toMatchObject({
      problem: { code: 'invalid_date' },
    });
  });

  it('reads back every moment from 1970 to 2100 as JavaScript writes it, in any offset', () => {
    const moment = fc.date({ min: new Date('1970-01-02'), max: new Date('2100-12-30'), noInvalidDate: true });
    fc.assert(
      fc.property(moment, fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, offset) => {
        expect(parseDateTime(date.toISOString())).toEqual({ ok: true, value: date.toISOString() });
        const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1);
        const hours = String(Math.trunc(Math.abs(offset) / 60)).padStart(2, '0');
        const minutes = String(Math.abs(offset) % 60).padStart(2, '0');
        const written = `${local}${offset < 0 ? '-' : '+'}${hours}:${minutes}`;
        expect(parseDateTime(written)).toEqual({ ok: true, value: date.toISOString() });
      }),
    );
  });

  it('accepts exactly the days that the calendar has', () => {
    const number = fc.integer({ min: 0, max: 33 });
    fc.assert(
      fc.property(fc.integer({ min: 1970, max: 2100 }), number, number, (year, month, day) => {
        const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
        const date = new Date(Date.UTC(year, month - 1, day));
        expect(parseDateTime(text).ok).toBe(date.toISOString().startsWith(text));
      }),
    );
  });

  it('never throws', () => {
    const dateLike = fc.string({ unit: fc.constantFrom(...'0123456789-/.,: TZ+APM') });
    fc.assert(fc.property(fc.oneof(dateLike, anyString), (text) => void parseDateTime(text)));
  });
});

describe('decideDateOrder', () => {
  it.each<[string[], DateOrder | null]>([
    [['03/04/2024', '03/27/2024'], 'mdy'],
    [['03/04/2024', '27/03/2024 10:00'], 'dmy'],
    [['03/27/2024', '27/03/2024'], null],
    [['03/04/2024', '05/05/2024'], null],
    [['13/13/2024', '2024-13-01', '', 'x'], null],
    [[], null],
  ])('decides from %j: %s', (samples, order) => {
    expect(decideDateOrder(samples)).toBe(order);
  });
});
