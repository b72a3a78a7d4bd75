const SECONDS = /^1\d{9}$/;
const MILLISECONDS = /^1\d{12}$/;
/** Days since 1899-12-30, from 2000 to 2099, perhaps with the time as a fraction. */
const SERIAL = /^(\d{5})(?:\.(\d{1,15}))?$/;
const FIRST_SERIAL = 36_526;
const LAST_SERIAL = 73_050;
const DAY = 86_400_000;
/** 1970-01-01 as a serial number. */
const EPOCH_SERIAL = 25_569;

/**
 * A date that a program has written as the number of seconds or milliseconds since 1970. Ten digits that may also be
 * `YYMMDDhhmm` are not read.
 *
 * @returns ISO 8601 in UTC with milliseconds; null for any other text
 */
export function readUnixTime(text: string): string | null {
  if (MILLISECONDS.test(text)) return new Date(Number(text)).toISOString();
  return SECONDS.test(text) && !mayBeDigits(text) ? new Date(Number(text) * 1000).toISOString() : null;
}

function mayBeDigits(text: string): boolean {
  const [month, day, hour, minute] = [2, 4, 6, 8].map((at) => Number(text.slice(at, at + 2)));
  const isDay = isBetween(month, 1, 12) && isBetween(day, 1, 31);
  return isDay && isBetween(hour, 0, 23) && isBetween(minute, 0, 59);
}

function isBetween(number: number | undefined, least: number, most: number): boolean {
  return number !== undefined && number >= least && number <= most;
}

/**
 * A date as workbooks store it: the days since 1900. A cell of a workbook that should be a date, but has lost its
 * format, holds such a number.
 *
 * @returns ISO 8601 in UTC with milliseconds, to the second; null for any other text
 */
export function readSerialDate(text: string): string | null {
  const serial = SERIAL.test(text) ? Number(text) : 0;
  if (serial < FIRST_SERIAL || serial >= LAST_SERIAL) return null;
  const seconds = Math.round(((serial - EPOCH_SERIAL) * DAY) / 1000);
  return new Date(seconds * 1000).toISOString();
}
