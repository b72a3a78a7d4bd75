import { getFormatDateInfo } from 'numfmt';
import { plainNumber } from './number-text.js';
import { DAYS_1904, parseSerialDate } from './serial-date.js';
import { LOCAL_DATE } from './styles.js';
import { tryFormat } from './try-format.js';

/** What a format shows of a moment. `by value`: date, time or both, depending on the number. */
type DateForm = 'date' | 'date and time' | 'time' | 'by value' | 'one part' | 'length of time';

/**
 * Formats numbers with a date format. Dates are written in ISO 8601, because `3/4/24` is March in one country and April
 * in another. A number that is no date stays a number.
 *
 * @param code the code of one section of a format, or `LOCAL_DATE`
 * @param is1904 whether the workbook's dates count from 1904
 */
export function createDateFormatter(code: string, is1904: boolean): (raw: string) => string {
  const form = code === LOCAL_DATE ? 'by value' : formOf(code);
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
        return tryFormat(code, is1904 ? serial + DAYS_1904 : serial) ?? plainNumber(raw);
      case 'length of time':
        return tryFormat(code, serial) ?? plainNumber(raw);
    }
  };
}

function formOf(code: string): DateForm {
  const { year, month, day, hours, minutes, seconds } = getFormatDateInfo(code);
  if (/\[(?:h+|m+|s+)\]/i.test(code)) return 'length of time';
  const hasTime = hours || minutes || seconds;
  // In "mm:ss.0" the formatter takes the minutes for a month.
  const isMonth = month && !(seconds && !year && !day);
  const dateParts = [year, isMonth, day].filter(Boolean).length;
  if (dateParts === 0 && hasTime) return 'time';
  // Such a cell is meant to say only "2024" or "Monday".
  if (dateParts < 2 && !hasTime) return 'one part';
  return hasTime ? 'date and time' : 'date';
}
