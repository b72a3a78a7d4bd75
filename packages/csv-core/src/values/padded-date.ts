/** How many days each month of a leap year has. */
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Reads `2024/03/31, 12:41` and `2024-03-31 12:41:05` without a regular expression, because nearly every row has two
 * such dates.
 *
 * @returns ISO 8601 in UTC with milliseconds; null for any other notation, and for a day or time that does not exist
 */
export function readPaddedDate(text: string): string | null {
  const separator = text.charCodeAt(4);
  if ((separator !== 0x2f && separator !== 0x2d) || text.charCodeAt(7) !== separator) return null;
  const time = text.charCodeAt(10) === 0x2c ? 12 : 11;
  if (text.charCodeAt(time - 1) !== 0x20 || text.charCodeAt(time + 2) !== 0x3a) return null;
  const hasSeconds = text.length === time + 8;
  if (!hasSeconds && text.length !== time + 5) return null;
  if (hasSeconds && text.charCodeAt(time + 5) !== 0x3a) return null;
  const year = 100 * twoDigits(text, 0) + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const second = hasSeconds ? twoDigits(text, time + 6) : 0;
  // Every comparison with NaN is false, so text that is not a number is refused here.
  const isDay = year >= 1970 && year <= 2100 && day >= 1 && day <= daysIn(month, year);
  const isTime = twoDigits(text, time) <= 23 && twoDigits(text, time + 3) <= 59 && second <= 59;
  if (!isDay || !isTime) return null;
  const clock = text.slice(time, time + 5);
  const seconds = hasSeconds ? text.slice(time + 6) : '00';
  return `${text.slice(0, 4)}-${text.slice(5, 7)}-${text.slice(8, 10)}T${clock}:${seconds}.000Z`;
}

function daysIn(month: number, year: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && !isLeap ? 28 : (DAYS[month - 1] ?? 0);
}

/** NaN unless both are digits. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 0x30;
  const ones = text.charCodeAt(at + 1) - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : Number.NaN;
}
