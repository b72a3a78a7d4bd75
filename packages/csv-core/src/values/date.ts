import type { ValueResult } from './value-result.js';

/** Which comes first in `03/04/2024`: the month (US) or the day. */
export type DateOrder = 'mdy' | 'dmy';

export interface DateOptions {
  /** How to read `03/04/2024`; without it such a date is `ambiguous_date`. */
  readonly order?: DateOrder | undefined;
}

const TIME =
  '(?:(?:,? +|T)(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?(?: ?([AP]M))?(?: ?(Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?))?)?';
const YEAR_FIRST = new RegExp(`^(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})${TIME}$`, 'i');
const YEAR_LAST = new RegExp(`^(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})${TIME}$`, 'i');
const SLASH_DATE = /^\s*(\d{1,2})[-/](\d{1,2})[-/](?:\d{4}|\d{2})(?!\d)/;

const MIN_YEAR = 1970;
const MAX_YEAR = 2100;
/** Two digits: 70 to 99 are of the last century. */
const CENTURY_PIVOT = 70;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const INVALID_DATE: ValueResult<never> = {
  ok: false,
  problem: {
    code: 'invalid_date',
    message: 'This is not a date from 1970 to 2100. Write it like 2024-03-31 or 2024-03-31 12:41.',
  },
};
const AMBIGUOUS_DATE: ValueResult<never> = {
  ok: false,
  problem: {
    code: 'ambiguous_date',
    message: 'Day and month cannot be told apart. Say which comes first, or write the date like 2024-03-31.',
  },
};

/**
 * A date or a date with a time, as ISO 8601 in UTC with milliseconds: `2014-04-24T05:37:00.000Z`. Reads
 * year-month-day (`-`, `/` or `.` between), day.month.year, and day/month/year or month/day/year where the order is
 * given or plain from the numbers. Times may have seconds, a fraction (cut to milliseconds), am or pm, and an offset.
 * Without an offset the time is taken as UTC, which is what Kickstarter and Stripe mean by it; without a time, midnight.
 *
 * @returns `ambiguous_date` when day and month may be swapped; `invalid_date` for anything else
 */
export function parseDateTime(text: string, options: DateOptions = {}): ValueResult<string> {
  const trimmed = text.trim();
  const yearFirst = YEAR_FIRST.exec(trimmed);
  if (yearFirst !== null) {
    const [, year, , month, day, ...time] = yearFirst;
    return toUtc(Number(year), Number(month), Number(day), time);
  }
  const yearLast = YEAR_LAST.exec(trimmed);
  if (yearLast === null) return INVALID_DATE;
  const [, first, mark, second, year = '', ...time] = yearLast;
  const order = mark === '.' ? 'dmy' : (options.order ?? orderOf(Number(first), Number(second)));
  if (order === null) return AMBIGUOUS_DATE;
  const [month, day] = order === 'mdy' ? [first, second] : [second, first];
  return toUtc(fullYear(year), Number(month), Number(day), time);
}

/**
 * Which order the dates of a column are in, from those in which one number can only be a day. Null when none can,
 * or when they contradict each other.
 */
export function decideDateOrder(samples: readonly string[]): DateOrder | null {
  let found: DateOrder | null = null;
  for (const sample of samples) {
    const [, first, second] = SLASH_DATE.exec(sample) ?? [];
    const order = evidence(Number(first), Number(second));
    if (order === null) continue;
    if (found !== null && found !== order) return null;
    found = order;
  }
  return found;
}

/** The order that the two numbers prove. */
function evidence(first: number, second: number): DateOrder | null {
  if (first > 12 && second <= 12) return 'dmy';
  return second > 12 && first <= 12 ? 'mdy' : null;
}

/** The order to read two numbers in; either will do when they are equal or no date at all. */
function orderOf(first: number, second: number): DateOrder | null {
  return first === second || (first > 12 && second > 12) ? 'dmy' : evidence(first, second);
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

function toUtc(
  year: number,
  month: number,
  day: number,
  [hourText = '0', minuteText = '0', secondText = '0', fraction = '', half, offset]: readonly (
    | string
    | undefined
  )[],
): ValueResult<string> {
  const hour = readHour(Number(hourText), half);
  const minute = Number(minuteText);
  const second = Number(secondText);
  const isDate = year >= MIN_YEAR && year <= MAX_YEAR && day >= 1 && day <= daysInMonth(year, month);
  if (!isDate || hour > 23 || minute > 59 || second > 59) return INVALID_DATE;
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
  if (offset === undefined || /^[A-Z]/i.test(offset)) {
    const date = `${year}-${two(month)}-${two(day)}`;
    return { ok: true, value: `${date}T${two(hour)}:${two(minute)}:${two(second)}.${milliseconds}Z` };
  }
  const minutes = offsetMinutes(offset);
  if (minutes === null) return INVALID_DATE;
  const local = Date.UTC(year, month - 1, day, hour, minute, second, Number(milliseconds));
  const utc = new Date(local - minutes * 60_000);
  const utcYear = utc.getUTCFullYear();
  return utcYear >= MIN_YEAR && utcYear <= MAX_YEAR ? { ok: true, value: utc.toISOString() } : INVALID_DATE;
}

/** The hour from 0 to 23; 24 when there is no such hour. */
function readHour(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return 24;
  return (hour % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
}

/** Minutes east of UTC, or null for an offset that no place has (ISO 8601 `+hh`, `+hhmm` or `+hh:mm`). */
function offsetMinutes(offset: string): number | null {
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(3).replace(':', ''));
  if (hours > 14 || minutes > 59) return null;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function two(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}
