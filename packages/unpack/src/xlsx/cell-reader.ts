import { shownName } from '@pledgeline/csv-core';
import type { CellNote } from './cell-notes.js';
import { detach, unescapeString } from './cell-string.js';
import type { NumberFormatter } from './number-format.js';
import { plainNumber } from './number-text.js';
import type { Workbook } from './workbook.js';
import { damaged } from './xml-reader.js';

/** A cell as it is in the XML (ECMA-376 part 1, 18.3.1.4). */
export interface RawCell {
  /** ST_CellType, 18.18.11. */
  readonly type: string;
  readonly style: number;
  /** The text of `v`; null when there is none. */
  readonly value: string | null;
  /** The text of all `t` in `is`; null when there is none. */
  readonly inline: string | null;
  /** null when there is none; '' when the cell shares the formula of another cell. */
  readonly formula: string | null;
}

/**
 * Reads the text of a cell.
 *
 * @param note called when the text lacks something that is in the cell
 */
export type CellReader = (cell: RawCell, note: (what: CellNote, value: string) => void) => string;

/** @param part the sheet's path, for messages */
export function createCellReader(part: string, { strings, formatter, is1904 }: Workbook): CellReader {
  return (cell, note) => {
    const { type, style, inline, formula } = cell;
    // A cell may have both texts, and its type says which one counts. Some programs write only the other one.
    if (inline !== null && (type === 'inlineStr' || cell.value === null)) return text(inline);
    const value = cell.value ?? '';
    switch (type) {
      case 's': {
        const shared = value === '' ? '' : strings.get(Number(value));
        if (shared === undefined) {
          throw damaged(part, `a cell refers to text "${shownName(value)}", which is missing`);
        }
        return shared;
      }
      case 'str':
      case 'inlineStr':
        return text(value);
      case 'b':
        return value === '' ? '' : value === '1' || value === 'true' ? 'TRUE' : 'FALSE';
      case 'd':
        return detach(dateText(value));
      case 'e':
        // "#REF!" would be read as somebody's name or answer, so the cell is blank.
        note('error_cells', value === '' ? 'an error' : value);
        return '';
      default: {
        const number = value.trim();
        // Some programs save formulas without results. The formula shows that a value is missing; a blank would not.
        if (number === '') return formula === null ? '' : `=${detach(formula)}`;
        const shown = showNumber(number, formatter(style), () => note('rounded_cells', plainNumber(number)));
        if (is1904 && shown === number && mayBeDay(number)) note('unformatted_days', number);
        return shown;
      }
    }
  };
}

/** 2000 and 2100 in days since 1900: for such days csv-core takes these numbers in a column of dates. */
const FIRST_DAY = 36_526;
const LAST_DAY = 73_050;

function mayBeDay(number: string): boolean {
  const days = Number(number);
  return days >= FIRST_DAY && days < LAST_DAY;
}

function text(escaped: string): string {
  return detach(unescapeString(escaped));
}

function showNumber(number: string, formatter: NumberFormatter, onRounded: () => void): string {
  const shown = formatter(number, onRounded);
  return shown === number ? detach(number) : shown;
}

/** `2024-03-04T12:41:00.000Z` in the form of the other dates. Midnight is left out: it means a date without a time. */
function dateText(iso: string): string {
  return iso
    .trim()
    .replace(/^(\d{4}-\d{2}-\d{2})T/, '$1 ')
    .replace(/(?:\.\d+)?Z?$/, '')
    .replace(/ 00:00(?::00)?$/, '');
}
