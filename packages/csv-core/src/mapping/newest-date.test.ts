import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapKeys } from '../map-keys.js';
import { generic } from '../platforms/generic.js';
import { paypal } from '../platforms/paypal.js';
import { compileMapping } from './compile-mapping.js';
import { createNewestDate } from './newest-date.js';

const headers = ['Order ID', 'Email', 'Total', 'Order Date'];
const rowOf = (date: string, at: number) => [`${at}`, `a${at}@example.com`, '1.00', date];

function newestOf(dates: readonly string[], order: 'dmy' | 'mdy' | null = null): string | null {
  const newest = createNewestDate(compileMapping(headers, generic));
  for (const [at, date] of dates.entries()) newest?.add(rowOf(date, at));
  return newest?.result(order) ?? null;
}

describe('createNewestDate', () => {
  it.each([
    [['2024-01-05', '2024-02-01 10:00', '2024/01/31'], '2024-02-01T10:00:00.000Z'],
    [['', 'soon', '24 Apr 2014', '2013-12-31'], '2014-04-24T00:00:00.000Z'],
    [['', 'soon'], null],
  ])('finds the newest of %j', (dates, newest) => {
    expect(newestOf(dates)).toBe(newest);
  });

  it('says nothing where the order of day and month decides it and is not known', () => {
    const dates = ['03/04/2024', '05/03/2024'];
    expect(newestOf(dates)).toBeNull();
    expect(newestOf(dates, 'dmy')).toBe('2024-04-03T00:00:00.000Z');
    expect(newestOf(dates, 'mdy')).toBe('2024-05-03T00:00:00.000Z');
  });

  it('reads the cells behind a date with it', () => {
    const newest = createNewestDate(compileMapping(['Date', 'Time', 'TimeZone'], paypal));
    newest?.add(['01/02/2024', '10:00:00', 'UTC']);
    newest?.add(['01/02/2024', '09:00:00', 'UTC']);
    expect(newest?.result('dmy')).toBe('2024-02-01T10:00:00.000Z');
  });

  it('is null where no column has the dates of pledges', () => {
    expect(createNewestDate(compileMapping(['Order ID', 'Email'], generic))).toBeNull();
  });

  it('finds what the records have in the end', () => {
    const two = (n: number) => String(n).padStart(2, '0');
    const date = fc
      .tuple(
        fc.integer({ min: 2010, max: 2012 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 28 }),
      )
      .chain(([y, m, d]) =>
        fc.constantFrom(
          `${y}-${two(m)}-${two(d)}`,
          `${y}/${two(m)}/${two(d)}, 12:30`,
          `${y}-${m}-${d}`,
          `${y}-${two(m)}-${two(d)}T10:00:00Z`,
          `${two(d)}/${two(m)}/${y}`,
          `${d}.${m}.${y}`,
          '',
        ),
      );
    fc.assert(
      fc.property(fc.array(date, { minLength: 1, maxLength: 30 }), (dates) => {
        const { records } = mapKeys(headers, dates.map(rowOf), { platform: 'generic', dateOrder: 'dmy' });
        const read = records.flatMap(({ pledge }) => pledge?.pledgedAt ?? []).sort();
        expect(newestOf(dates, 'dmy')).toBe(read.at(-1) ?? null);
      }),
    );
  });
});
