import { zoneMinutes } from './time-zone.js';
import type { ValueResult } from './value-result.js';

const isUtc = /^(?:Z|UTC|GMT)$/i;

/** The parts of a date as they are written. */
export interface DateParts {
  /** Four digits, or two. */
  readonly year: string | undefined;
  /** 1 to 12; any other number is invalid. */
  readonly month: number;
  readonly day: string | undefined;
  /**
   * Hour, minute, second, fraction of a second, `A` or `P` for am and pm, offset or name of the zone. Each may be missing.
   */
  readonly time: readonly (string | undefined)[];
}

const MIN_YEAR = 1970;
const MAX_YEAR = 2100;
/** Of years with two digits, 70 to 99 are read as 1970 to 1999. */
const CENTURY_PIVOT = 70;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export const INVALID_DATE: ValueResult<never> = {
  ok: false,
  problem: {
    code: 'invalid_date',
    message: 'This is not a date from 1970 to 2100. Write it like 2024-03-31 or 2024-03-31 12:41.',
  },
};

/**
 * The instant in UTC with milliseconds, as ISO 8601.
 *
 * @returns `invalid_date` for a day, time or offset that does not exist, or a year before 1970 or after 2100
 */
export function toUtc({ year: yearText = '', month, day: dayText, time }: DateParts): ValueResult<string> {
  const [hourText = '0', minuteText = '0', secondText = '0', fraction = '', half, offset] = time;
  const [year, day] = [fullYear(yearText), Number(dayText)];
  const hour = readHour(Number(hourText), half);
  const minute = Number(minuteText);
  const second = Number(secondText);
  const isDate = year >= MIN_YEAR && year <= MAX_YEAR && day >= 1 && day <= daysInMonth(year, month);
  if (!isDate || hour > 23 || minute > 59 || second > 59) return INVALID_DATE;
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
  if (offset === undefined || isUtc.test(offset)) {
    const date = `${year}-${two(month)}-${two(day)}`;
    return { ok: true, value: `${date}T${two(hour)}:${two(minute)}:${two(second)}.${milliseconds}Z` };
  }
  const local = Date.UTC(year, month - 1, day, hour, minute, second, Number(milliseconds));
  const minutes = zoneMinutes(offset.replace(/^(?:UTC|GMT)/i, ''), local);
  if (minutes === null) return INVALID_DATE;
  const utc = new Date(local - minutes * 60_000);
  const utcYear = utc.getUTCFullYear();
  return utcYear >= MIN_YEAR && utcYear <= MAX_YEAR ? { ok: true, value: utc.toISOString() } : INVALID_DATE;
}

function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 4) return year;
  return year < CENTURY_PIVOT ? 2000 + year : 1900 + year;
}

function daysInMonth(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0);
}

/** The hour from 0 to 23; 24 when there is no such hour. */
function readHour(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return 24;
  return (hour % 12) + (half.toUpperCase() === 'P' ? 12 : 0);
}

function two(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}
