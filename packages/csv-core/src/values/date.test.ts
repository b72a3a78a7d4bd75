import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyString } from './any-string.testing.js';
import { type DateOrder, dateOrderShown, parseDateTime } from './date.js';

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
    ['3. 4. 2024 10:00', '2024-04-03T10:00:00.000Z'],
    ['2024-06-10 1:05\u202fp.m.', '2024-06-10T13:05:00.000Z'],
    ['24 Apr 2014', '2014-04-24T00:00:00.000Z'],
    ['24-Apr-2014', '2014-04-24T00:00:00.000Z'],
    ['24-apr-14', '2014-04-24T00:00:00.000Z'],
    ['24. April 2014', '2014-04-24T00:00:00.000Z'],
    ['3/Sept/2014 05:37', '2014-09-03T05:37:00.000Z'],
    ['April 24, 2014', '2014-04-24T00:00:00.000Z'],
    ['Apr. 24th 2014', '2014-04-24T00:00:00.000Z'],
    ['May 1, 2014 at 5:37 PM', '2014-05-01T17:37:00.000Z'],
    ['Thu, 24 Apr 2014 05:37:00 +0200', '2014-04-24T03:37:00.000Z'],
    ['Thursday, April 24, 2014', '2014-04-24T00:00:00.000Z'],
    ['2014年4月24日', '2014-04-24T00:00:00.000Z'],
    ['２０１４年４月２４日　05:37', '2014-04-24T05:37:00.000Z'],
    ['2014년 4월 24일', '2014-04-24T00:00:00.000Z'],
    ['2014. 4. 24.', '2014-04-24T00:00:00.000Z'],
    ['="2014-04-24"', '2014-04-24T00:00:00.000Z'],
    ["'2014-04-24", '2014-04-24T00:00:00.000Z'],
    ['12/31/70', '1970-12-31T00:00:00.000Z'],
    ['12/31/69', '2069-12-31T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2000-02-29', '2000-02-29T00:00:00.000Z'],
    ['2100-12-31 23:59:59', '2100-12-31T23:59:59.000Z'],
  ])('reads %j as %s', (text, value) => {
    expect(parseDateTime(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['10-Dez-25', '2025-12-10T00:00:00.000Z'],
    ['4. März 2024, 10:30 Uhr', '2024-03-04T10:30:00.000Z'],
    ['Montag, 4. März 2024', '2024-03-04T00:00:00.000Z'],
    ['03.Dez.2024', '2024-12-03T00:00:00.000Z'],
    ['4 mars 2024', '2024-03-04T00:00:00.000Z'],
    ['lundi 4 mars 2024', '2024-03-04T00:00:00.000Z'],
    ['1er août 2024 à 10h30', '2024-08-01T10:30:00.000Z'],
    ['4 de marzo de 2024', '2024-03-04T00:00:00.000Z'],
    ['3 d’octubre de 2024', '2024-10-03T00:00:00.000Z'],
    ['10 dez. 2025', '2025-12-10T00:00:00.000Z'],
    ['5 maggio 2024', '2024-05-05T00:00:00.000Z'],
    ['5 mrt 2024', '2024-03-05T00:00:00.000Z'],
    ['5 maja 2024', '2024-05-05T00:00:00.000Z'],
    ['15 янв 2024', '2024-01-15T00:00:00.000Z'],
    ['2024. 3. 4. 오후 5:06', '2024-03-04T17:06:00.000Z'],
    ['2024년 3월 4일 오전 12:06', '2024-03-04T00:06:00.000Z'],
    ['2024年3月4日 下午5:06', '2024-03-04T17:06:00.000Z'],
  ])('reads the date %j of another language as %s', (text, value) => {
    expect(parseDateTime(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['Sep-30-26', '2026-09-30T00:00:00.000Z'],
    ['2014-Apr-24', '2014-04-24T00:00:00.000Z'],
    ['2024-03-04 05:06:07 PST', '2024-03-04T13:06:07.000Z'],
    ['2024-07-04 05:06 CEST', '2024-07-04T03:06:00.000Z'],
    ['Sep-30-26 10:22:33 PDT', '2026-09-30T17:22:33.000Z'],
    ['2024-01-21 07:22:17 America/Los_Angeles', '2024-01-21T15:22:17.000Z'],
    ['2024-07-21 07:22:17 America/Los_Angeles', '2024-07-21T14:22:17.000Z'],
    ['Mon Dec 04 2023 10:00:00 GMT+0100 (Central European Standard Time)', '2023-12-04T09:00:00.000Z'],
  ])('reads the notation %j of other programs as %s', (text, value) => {
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
    '00/01/2024',
    '09.27.2017',
    '2024-06-10 12',
    '20240610',
    '45200',
    '2024-06-10 12:00 IST',
    '2024-06-10 12:00 Mars/Base_Camp',
    '31 Apr 2014',
    '24 Aprilis 2014',
    'Apr 2014',
    '24 Apr 201',
    '24 Maison 2014',
    '24 Mais 2014',
    'Foo, 24 Apr 2014',
    '2014年13月1日',
    '2014年4月',
    '٢٠٢٤-٠١-٠١',
  ])('refuses %j', (text) => {
    expect(parseDateTime(text)).toMatchObject({ ok: false, problem: { code: 'invalid_date' } });
  });

  it('does not guess which number is the day, and does not read a date against the given order', () => {
    expect(parseDateTime('03/04/2024')).toMatchObject({ ok: false, problem: { code: 'ambiguous_date' } });
    expect(parseDateTime('27/09/2017', { order: 'mdy' })).toMatchObject({
      problem: { code: 'invalid_date', message: expect.stringContaining('the month first') },
    });
    expect(parseDateTime('09/27/2017', { order: 'dmy' })).toMatchObject({
      problem: { code: 'invalid_date', message: expect.stringContaining('"?dateOrder=mdy"') },
    });
    expect(parseDateTime('31/02/2017', { order: 'dmy' })).toMatchObject({
      problem: { code: 'invalid_date', message: expect.stringContaining('from 1970 to 2100') },
    });
  });

  it('reads every instant from 1970 to 2100 as JavaScript writes it, with any offset', () => {
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

  it('reads every day as English spreadsheets write it with the name of the month', () => {
    const styles = fc.constantFrom<[string, Intl.DateTimeFormatOptions]>(
      ['en-GB', { dateStyle: 'medium' }],
      ['en-GB', { dateStyle: 'full' }],
      ['en-US', { dateStyle: 'medium' }],
      ['en-US', { dateStyle: 'full' }],
      ['en-US', { dateStyle: 'long', timeStyle: 'short' }],
      ['en-IN', { dateStyle: 'medium', timeStyle: 'medium' }],
      ['ja-JP', { dateStyle: 'long' }],
    );
    const days = fc.date({ min: new Date('1970-01-02'), max: new Date('2100-12-30'), noInvalidDate: true });
    fc.assert(
      fc.property(days, styles, (date, [locale, style]) => {
        const text = new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' }).format(date);
        const day = date.toISOString().slice(0, 10);
        expect([text, parseDateTime(text)]).toMatchObject([text, { value: expect.stringContaining(day) }]);
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

describe('dateOrderShown', () => {
  it.each([
    ['27/09/2017', 'dmy'],
    ['27-9-17 10:00', 'dmy'],
    [' 09/27/2017 ', 'mdy'],
    ['="9/27/17"', 'mdy'],
    ['\u200e9/27/2017 5:37\u202fPM', 'mdy'],
    ['03/04/2024', 'ambiguous'],
    ['03/04/24, 05:37', 'ambiguous'],
    ['05/05/2024', 'either'],
    ['13/13/2024', null],
    ['32/01/2024', null],
    ['00/01/2024', null],
    ['27.09.2017', null],
    ['27/09-2017', null],
    ['27/09/201', null],
    ['27/09/2017 soon', null],
    ['2017-09-27', null],
    ['27 Sep 2017', null],
    ['', null],
    ['x', null],
  ])('finds in %j the order %s', (text, shown) => {
    expect(dateOrderShown(text)).toBe(shown);
  });

  it.each(['24-12-31', '27-09-17', '31-01-01'])(
    'finds no order in %s, where the year may come first',
    (text) => {
      expect(dateOrderShown(text)).toBeNull();
      expect(parseDateTime(text, { order: 'dmy' })).toMatchObject({
        ok: false,
        problem: { code: 'invalid_date' },
      });
      expect(parseDateTime(text.replaceAll('-', '/')).ok).toBe(true);
    },
  );

  it('finds the order in which the date can be read, for every day', () => {
    const days = fc.date({ min: new Date('1970-01-01'), max: new Date('2069-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, fc.constantFrom('/', '-'), fc.boolean(), (date, separator, isShort) => {
        const [year, month, day] = date.toISOString().slice(0, 10).split('-');
        const text = [day, month, isShort ? year?.slice(2) : year].join(separator);
        const shown = dateOrderShown(text);
        const mayBeginWithYear =
          separator === '-' && isShort && Number(day) > 12 && Number(text.slice(6)) % 100 <= 31;
        fc.pre(!mayBeginWithYear);
        expect(shown).toBe(day === month ? 'either' : Number(day) > 12 ? 'dmy' : 'ambiguous');
        if (shown === 'ambiguous') expect(parseDateTime(text).ok).toBe(false);
        const midnight = `${year}-${month}-${day}T00:00:00.000Z`;
        expect(parseDateTime(text, { order: 'dmy' })).toEqual({ ok: true, value: midnight });
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(anyString, (text) => void dateOrderShown(text)));
  });
});
