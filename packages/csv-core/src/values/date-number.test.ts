import { describe, expect, it } from 'vitest';
import { mapOptions } from '../import/map-options.js';
import { mapKeys } from '../map-keys.js';
import { readSerialDate, readUnixTime } from './date-number.js';

describe('readUnixTime', () => {
  it.each([
    ['1709532367', '2024-03-04T06:06:07.000Z'],
    ['1709532367000', '2024-03-04T06:06:07.000Z'],
  ])('reads %s as %s', (text, value) => {
    expect(readUnixTime(text)).toBe(value);
  });

  it.each(['2401020304', '1712312359', '170953236', '17095323671', '1709532367.5', '-1709532367', ''])(
    'does not read %j, which may be another number',
    (text) => {
      expect(readUnixTime(text)).toBeNull();
    },
  );
});

describe('readSerialDate', () => {
  it.each([
    ['45355', '2024-03-04T00:00:00.000Z'],
    ['45355.5', '2024-03-04T12:00:00.000Z'],
    ['45355.212581018517', '2024-03-04T05:06:07.000Z'],
    ['36526', '2000-01-01T00:00:00.000Z'],
  ])('reads %s as %s', (text, value) => {
    expect(readSerialDate(text)).toBe(value);
  });

  it.each(['36525', '73050', '4535', '453555', '45355,5', ''])('does not read %j', (text) => {
    expect(readSerialDate(text)).toBeNull();
  });
});

describe('a number in a column of dates', () => {
  const headers = ['Order ID', 'Email', 'Status', 'Total', 'Order Date'];
  const read = (cell: string, serialDates: boolean) => {
    const { records, rejects } = mapKeys(headers, [['1', 'ada@example.com', 'paid', '1', cell]], {
      serialDates,
    });
    return records[0]?.pledge?.pledgedAt ?? rejects[0]?.issues[0]?.code;
  };

  it('is the date of a workbook, but in other files nobody knows what it is', () => {
    expect(read('45355.5', true)).toBe('2024-03-04T12:00:00.000Z');
    expect(read('45355.5', false)).toBe('invalid_date');
  });

  it('is read as a serial number where the report of an import says that the file is a workbook', () => {
    const known = { platform: null, columns: null, dateOrders: undefined, decimalMark: undefined };
    expect(mapOptions({ ...known, isSheet: true }).serialDates).toBe(true);
    expect(mapOptions({ ...known, isSheet: false }).serialDates).toBeUndefined();
  });

  it('may be the seconds since 1970 in any file', () => {
    expect(read('1709532367', false)).toBe('2024-03-04T06:06:07.000Z');
  });
});
