const DAY_SECONDS = 86_400;

/** Days between 1899-12-31, day 0 of the 1900 system, and 1970-01-01. */
const EPOCH_1900 = 25_568;

/** Day 60 of the 1900 system is 1900-02-29, which never was: a mistake of Lotus 1-2-3 (ECMA-376 part 1, 18.17.4.1). */
const LOTUS_DAY = 60;

/** 9999-12-31, where both systems end. */
const LAST_DAY = 2_958_465;

/** Days between day 0 of the 1900 system and day 0 of the 1904 system. */
export const DAYS_1904 = 1_462;

/** A moment of a spreadsheet, which knows no time zones, to the second. */
export interface SerialDate {
  /** `2024-03-04`. Day 0, a time without a date, is `1900-01-00` as in Excel. */
  readonly date: string;
  /** `12:41:00` */
  readonly time: string;
}

/**
 * Reads a serial number (ECMA-376 part 1, 18.17.4).
 *
 * @param serial days, and a fraction of one
 * @param is1904 whether the workbook counts from 1904
 * @returns null when it is no date: negative, or after the year 9999
 */
export function parseSerialDate(serial: number, is1904: boolean): SerialDate | null {
  // Rounded, because a binary fraction is rarely a whole second.
  const seconds = Math.round((is1904 ? serial + DAYS_1904 : serial) * DAY_SECONDS);
  const day = Math.floor(seconds / DAY_SECONDS);
  if (serial < 0 || !(day >= 0 && day <= LAST_DAY)) return null;
  const time = new Date((seconds % DAY_SECONDS) * 1_000).toISOString().slice(11, 19);
  return { date: dateOfDay(day), time };
}

function dateOfDay(day: number): string {
  if (day === 0) return '1900-01-00';
  if (day === LOTUS_DAY) return '1900-02-29';
  const daysSince1970 = (day < LOTUS_DAY ? day : day - 1) - EPOCH_1900;
  return new Date(daysSince1970 * DAY_SECONDS * 1_000).toISOString().slice(0, 10);
}
