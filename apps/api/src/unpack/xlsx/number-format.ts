import { format, getFormatDateInfo, getFormatInfo, isValidFormat } from 'numfmt';
import { plainNumber } from './number-text.js';
import { DAYS_1904, parseSerialDate } from './serial-date.js';
import { LOCAL_DATE } from './styles.js';

/** The text of a number, from the number as the file has it. */
export type NumberFormatter = (raw: string) => string;

/** Above it, General shows an exponent. */
const GENERAL_ROOM = 1e11;

/** What a format shows of a moment. `by value`: what there is of it. */
type DateForm = 'date' | 'date and time' | 'time' | 'by value' | 'one part' | 'length of time';

/**
 * The formatter for a number format (ECMA-376 part 1, 18.8.31). Numbers come out as an American Excel shows them,
 * with two exceptions: what it cannot show is given in full, and dates are ISO 8601, because `3/4/24` is March in one
 * country and April in another.
 *
 * @param is1904 whether the workbook's dates count from 1904
 */
export function createNumberFormatter(code: string, is1904: boolean): NumberFormatter {
  if (code === LOCAL_DATE) return dateFormatter(code, 'by value', is1904);
  if (!isValidFormat(code)) return plainNumber;
  const { type, isDate, isText } = getFormatInfo(code);
  if (isDate) return dateFormatter(code, dateForm(code), is1904);
  if (isText || code.toLowerCase() === 'general') return plainNumber;
  const american = ifValid(withoutLocale(code), code);
  if (type === 'scientific') return scientificFormatter(american);
  const whole = type === 'general' ? ifValid(american.replace(/general/gi, '0'), american) : american;
  return (raw) => show(raw, whole !== american && /^-?\d+$/.test(raw) ? whole : american);
}

/** As the format shows it, unless that says nothing: `;;;` hides a number, and accounting has "-" for nought. */
function show(raw: string, code: string): string {
  const value = Number(raw);
  if (raw === '' || !Number.isFinite(value)) return raw;
  const shown = format(code, value).trim();
  return /[\p{L}\p{N}]/u.test(shown) ? shown : plainNumber(raw);
}

/**
 * In full, like General. But where the digits not shown are noughts, the cell was most likely typed or imported as
 * `1.23E+11`, and only that form tells whoever reads it that the digits are gone.
 */
function scientificFormatter(code: string): NumberFormatter {
  return (raw) => {
    const shown = show(raw, code);
    const value = Number(raw);
    return Math.abs(value) >= GENERAL_ROOM && Number(shown) === value ? shown : plainNumber(raw);
  };
}

/**
 * `[$€-407]` names a currency and whose habits to follow. Excel takes the separators from its own country in any
 * case; the formatter would turn 1234 into "1.234", which is another amount.
 */
function withoutLocale(code: string): string {
  return code.replace(/\[\$([^\]-]*)-[^\]]*\]/g, (_all, symbol: string) =>
    symbol === '' ? '' : `[$${symbol}]`,
  );
}

/** A rewriting that went wrong, because what it looked for was quoted, say, is not used. */
function ifValid(rewritten: string, code: string): string {
  return isValidFormat(rewritten) ? rewritten : code;
}

function dateForm(code: string): DateForm {
  const { year, month, day, hours, minutes, seconds } = getFormatDateInfo(code);
  if (/\[(?:h+|m+|s+)\]/i.test(code)) return 'length of time';
  const hasTime = hours || minutes || seconds;
  // In "mm:ss.0" the formatter takes the minutes for a month.
  const isMonth = month && !(seconds && !year && !day);
  const dateParts = [year, isMonth, day].filter(Boolean).length;
  if (dateParts === 0 && hasTime) return 'time';
  // "2024" or "Monday" is all that such a cell means to say.
  if (dateParts < 2 && !hasTime) return 'one part';
  return hasTime ? 'date and time' : 'date';
}

function dateFormatter(code: string, form: DateForm, is1904: boolean): NumberFormatter {
  return (raw) => {
    const serial = Number(raw);
    const moment = raw === '' ? null : parseSerialDate(serial, is1904);
    if (moment === null) return plainNumber(raw);
    const { date, time } = moment;
    switch (form) {
      case 'date':
        return date;
      case 'time':
        return time;
      case 'date and time':
        return `${date} ${time}`;
      case 'by value':
        if (serial < 1) return time;
        return time === '00:00:00' ? date : `${date} ${time}`;
      case 'one part':
        return format(code, is1904 ? serial + DAYS_1904 : serial);
      case 'length of time':
        return format(code, serial);
    }
  };
}
