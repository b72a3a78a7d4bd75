import { bareText } from './bare-text.js';
import { type DateParts, INVALID_DATE, toUtc } from './date-parts.js';
import { englishDate } from './foreign-date.js';
import type { ValueResult } from './value-result.js';

/** Which comes first in `03/04/2024`: the month (US) or the day. */
export type DateOrder = 'mdy' | 'dmy';

export interface DateOptions {
  /** How to read `03/04/2024`; without it such a date is `ambiguous_date`. */
  readonly order?: DateOrder | undefined;
}

const TIME =
  '(?:(?:,? +(?:at +)?|T)(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?(?: ?([AP])\\.? ?M\\.?(?![A-Z]))?(?: ?\\(?(Z|[A-Z]{3,4}|[A-Z]+(?:/[A-Z_]+)+|(?:UTC|GMT)?[+-]\\d{2}(?::?\\d{2})?)\\)?(?: \\([A-Z ]+\\))?)?)?';
const MONTH = '(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)([a-z]*)\\.?';
const WEEKDAY = '(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\\.?,? )?';

const YEAR_FIRST = new RegExp(`^(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})${TIME}$`, 'i');
/** `2014年4月24日`, and the Korean `2014. 4. 24.` */
const YEAR_FIRST_CJK = new RegExp(
  `^(\\d{4}) ?[年년.] ?(\\d{1,2}) ?[月월.] ?(\\d{1,2})(?: ?[日일.])?${TIME}$`,
  'i',
);
/** In Czech and sometimes in German a space follows each point. */
const YEAR_LAST = new RegExp(`^(\\d{1,2})([-/]|\\. ?)(\\d{1,2})\\2(\\d{4}|\\d{2})${TIME}$`, 'i');
/** `24 Apr 2014`, `24-Apr-14`, `Thu, 24th April 2014`. */
const DAY_NAMED = new RegExp(
  `^${WEEKDAY}(\\d{1,2})(?:(?:st|nd|rd|th|\\.)?[ /-]|\\.)${MONTH}[ /,-]? ?(\\d{4}|\\d{2})${TIME}$`,
  'i',
);
/** `April 24, 2014`, `Apr 24th 2014`, and eBay's `Apr-24-14`. */
const MONTH_NAMED = new RegExp(
  `^${WEEKDAY}${MONTH}[ -](\\d{1,2})(?:st|nd|rd|th)?(?:(?:, ?| |-)(\\d{4})|-(\\d{2}))${TIME}$`,
  'i',
);
/** `2014-Apr-24`. */
const YEAR_FIRST_NAMED = new RegExp(`^(\\d{4})[ -]${MONTH}[ -](\\d{1,2})${TIME}$`, 'i');

const MONTH_NAMES = 'january february march april may june july august september october november december';
const MONTHS = new Map(
  MONTH_NAMES.split(' ').flatMap((name, index) => [
    [name, index + 1],
    [name.slice(0, 3), index + 1],
  ]),
);

/** Longer texts, in UTF-16 units, are not read as dates. */
const MAX_LENGTH = 80;

const AMBIGUOUS_DATE: ValueResult<never> = {
  ok: false,
  problem: {
    code: 'ambiguous_date',
    message:
      'Day and month cannot be told apart. Send the file again with "?dateOrder=dmy" (day first) or "?dateOrder=mdy" (month first), or write the date like 2024-03-31.',
  },
};

/**
 * A date with or without a time, as ISO 8601 in UTC with milliseconds: `2014-04-24T05:37:00.000Z`.
 *
 * Reads year-month-day (separated by `-`, `/` or `.`), day.month.year, names of months in a dozen languages, `2014年4月24日`, and
 * day/month/year or month/day/year where the order is given or the numbers prove it. Times may have seconds, a fraction
 * (cut to milliseconds), am or pm, and an offset or the name of a zone. A time without an offset is taken as UTC, as Kickstarter and Stripe
 * write it. A date without a time is midnight.
 *
 * @returns `ambiguous_date` when day and month may be swapped; `invalid_date` for anything else
 */
export function parseDateTime(text: string, options: DateOptions = {}): ValueResult<string> {
  const common = YEAR_FIRST.exec(text);
  if (common !== null) {
    const [, year, , month, day, ...time] = common;
    return toUtc({ year, month: Number(month), day, time });
  }
  const bare = text.length > MAX_LENGTH ? '' : bareText(text);
  const yearLast = YEAR_LAST.exec(bare);
  if (yearLast !== null) return readYearLast(yearLast, options.order ?? null);
  const parts = readEnglish(bare) ?? readForeign(bare);
  return parts === null ? INVALID_DATE : toUtc(parts);
}

/**
 * What a cell such as `27/09/2017` proves about the order of day and month in its column.
 *
 * @returns the order that it proves; `ambiguous` when only other cells of the column can decide; `either` when the two
 * numbers are equal; null for another notation, for text that is not a date, and for a blank cell
 */
export function dateOrderShown(text: string): DateOrder | 'ambiguous' | 'either' | null {
  if (text.length > MAX_LENGTH) return null;
  const [, firstText, separator, secondText, year = ''] = YEAR_LAST.exec(bareText(text)) ?? [];
  if (firstText === undefined || (separator !== '/' && separator !== '-')) return null;
  if (separator === '-' && mayBeginWithYear(firstText, secondText, year)) return null;
  const [first, second] = [Number(firstText), Number(secondText)];
  const isDate = first > 0 && second > 0 && Math.min(first, second) <= 12 && Math.max(first, second) <= 31;
  if (!isDate) return null;
  return first === second ? 'either' : (provenOrder(first, second) ?? 'ambiguous');
}

function readYearLast(
  [, first, separator, second, year, ...time]: RegExpExecArray,
  givenOrder: DateOrder | null,
): ValueResult<string> {
  if (separator === '-' && mayBeginWithYear(first, second, year)) return INVALID_DATE;
  const hasPoints = separator !== '/' && separator !== '-';
  const order = hasPoints ? 'dmy' : (givenOrder ?? orderOf(Number(first), Number(second)));
  if (order === null) return AMBIGUOUS_DATE;
  const [month, day] = order === 'mdy' ? [first, second] : [second, first];
  const read = toUtc({ year, month: Number(month), day, time });
  const isOtherOrder = !read.ok && !hasPoints && toUtc({ year, month: Number(day), day: month, time }).ok;
  return isOtherOrder ? againstOrder(order) : read;
}

/** `24-12-31` may be 31 December 2024, as programs write it, or 24 December 2031: such a date is not read. */
function mayBeginWithYear(first = '', second = '', last = ''): boolean {
  const isPadded = second.length === 2 && last.length === 2;
  return isPadded && Number(first) > 12 && Number(last) >= 1 && Number(last) <= 31;
}

function againstOrder(order: DateOrder): ValueResult<never> {
  const [given, other] = order === 'dmy' ? ['day', 'mdy'] : ['month', 'dmy'];
  const message = `Read with the ${given} first, this is not a date. Send the file again with "?dateOrder=${other}", or write the date like 2024-03-31.`;
  return { ok: false, problem: { code: 'invalid_date', message } };
}

function readYearFirst(text: string): DateParts | null {
  const plain = YEAR_FIRST.exec(text);
  if (plain !== null) {
    const [, year, , month, day, ...time] = plain;
    return { year, month: Number(month), day, time };
  }
  const [found, year, month, day, ...time] = YEAR_FIRST_CJK.exec(text) ?? [];
  return found === undefined ? null : { year, month: Number(month), day, time };
}

function readNamedMonth(text: string): DateParts | null {
  const dayFirst = DAY_NAMED.exec(text);
  if (dayFirst !== null) {
    const [, day, start, rest, year, ...time] = dayFirst;
    return { year, month: monthNamed(start, rest), day, time };
  }
  const yearFirst = YEAR_FIRST_NAMED.exec(text);
  if (yearFirst !== null) {
    const [, year, start, rest, day, ...time] = yearFirst;
    return { year, month: monthNamed(start, rest), day, time };
  }
  const [found, start, rest, day, year, shortYear, ...time] = MONTH_NAMED.exec(text) ?? [];
  return found === undefined ? null : { year: year ?? shortYear, month: monthNamed(start, rest), day, time };
}

function readEnglish(text: string): DateParts | null {
  const parts = readYearFirst(text) ?? readNamedMonth(text);
  // A word that only begins like an English month may be one in another language: `mars`.
  return parts?.month === 0 ? null : parts;
}

const HAS_LETTERS = /[^ -~]|[a-z]{2}/i;
const HAS_DAY_AND_YEAR = /\d\D+\d\d/;

function readForeign(text: string): DateParts | null {
  return HAS_DAY_AND_YEAR.test(text) && HAS_LETTERS.test(text) ? readEnglish(englishDate(text)) : null;
}

/** 1 to 12, or 0 for a word that only begins like the name of a month. */
function monthNamed(start = '', rest = ''): number {
  const name = `${start}${rest}`.toLowerCase();
  return MONTHS.get(name === 'sept' ? 'sep' : name) ?? 0;
}

/** The order that the two numbers prove. */
function provenOrder(first: number, second: number): DateOrder | null {
  if (first > 12 && second <= 12) return 'dmy';
  return second > 12 && first <= 12 ? 'mdy' : null;
}

/**
 * The order in which two numbers are read; null when it is ambiguous. For equal or invalid numbers any order will do.
 */
function orderOf(first: number, second: number): DateOrder | null {
  const isNoDate = first === 0 || second === 0 || (first > 12 && second > 12);
  return first === second || isNoDate ? 'dmy' : provenOrder(first, second);
}
