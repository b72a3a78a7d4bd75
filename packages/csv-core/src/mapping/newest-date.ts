import { fields } from '../fields/fields.js';
import type { DateOrder } from '../values/date.js';
import { isBlankCell } from './blank-cell.js';
import type { Mapping } from './compile-mapping.js';
import { joinCells } from './read-row.js';

/** Finds the date of the newest pledge while a file is received. */
export interface NewestDate {
  /** Position of the column with the dates. */
  readonly position: number;
  add(cells: readonly string[]): void;
  /**
   * The newest date so far, as ISO 8601 in UTC. Null when there is none, or the order of day and month would decide it and is
   * not known.
   */
  result(order: DateOrder | null): string | null;
}

/** Null when the file has no column for the dates of pledges. Of several, the best counts. */
export function createNewestDate(mapping: Mapping): NewestDate | null {
  const column = mapping.fields.find(({ field }) => field === 'pledgedAt');
  if (column === undefined) return null;
  const read = (text: string, dateOrder: DateOrder): string => {
    const { platform } = mapping;
    const context = { platform, currency: null, dateOrder, decimalMark: null, serialDates: false };
    const date = fields.pledgedAt.kind.read(text, context);
    return date.ok ? date.value : '';
  };
  const newest = { dmy: '', mdy: '' };
  let newestText = '';
  return {
    position: column.position,
    add(cells) {
      const text = cells[column.position];
      if (text === undefined || isBlankCell(text)) return;
      const whole = joinCells(text, column.followedBy, cells);
      const isYearFirst = beginsWithYear(whole);
      // Most files write the year first: then the order of the texts is that of the dates, and few need to be read.
      if (isYearFirst && whole.length === newestText.length && whole <= newestText) return;
      const dmy = read(whole, 'dmy');
      const mdy = isYearFirst ? dmy : read(whole, 'mdy');
      if (isYearFirst && dmy > newest.dmy) newestText = whole;
      if (dmy > newest.dmy) newest.dmy = dmy;
      if (mdy > newest.mdy) newest.mdy = mdy;
    },
    result(order) {
      const isKnown = order !== null || newest.dmy === newest.mdy;
      return (isKnown && newest[order ?? 'dmy']) || null;
    },
  };
}

function beginsWithYear(text: string): boolean {
  return /^\d{4}[-/.]\d\d[-/.]\d\d/.test(text);
}
