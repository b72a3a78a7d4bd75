import { showName } from '../shown-text.js';
import { detach, unescapeString } from './cell-string.js';
import type { NumberFormatter } from './number-format.js';
import type { Workbook } from './workbook.js';
import { damaged } from './xml-reader.js';

/** A cell as its XML says (ECMA-376 part 1, 18.3.1.4). */
export interface RawCell {
  /** ST_CellType, 18.18.11. */
  readonly type: string;
  readonly style: number;
  /** The text of `v`, or of all `t` in `is`. */
  readonly value: string;
  /** null when it is no formula; '' when the formula is shared and stands in another cell. */
  readonly formula: string | null;
}

/** The text of a cell. */
export type CellReader = (cell: RawCell) => string;

/** @param part the sheet's path, for messages */
export function createCellReader(part: string, { strings, formatter }: Workbook): CellReader {
  return ({ type, style, value, formula }) => {
    switch (type) {
      case 's': {
        const text = value === '' ? '' : strings.get(Number(value));
        if (text === undefined) {
          throw damaged(part, `a cell refers to text "${showName(value)}", which is missing`);
        }
        return text;
      }
      case 'str':
      case 'inlineStr':
        return detach(unescapeString(value));
      case 'b':
        return value === '' ? '' : value === '1' || value === 'true' ? 'TRUE' : 'FALSE';
      case 'd':
        return detach(dateText(value));
      case 'e':
        return detach(value);
      default: {
        const number = value.trim();
        // Some programs save formulas without results. The formula says where a value is missing; a blank would not.
        return number === ''
          ? formula === null
            ? ''
            : `=${detach(formula)}`
          : showNumber(number, formatter(style));
      }
    }
  };
}

function showNumber(number: string, formatter: NumberFormatter): string {
  const shown = formatter(number);
  return shown === number ? detach(number) : shown;
}

/** `2024-03-04T12:41:00.000Z` as the other dates come; the time is left out where it says nothing. */
function dateText(iso: string): string {
  return iso
    .trim()
    .replace(/^(\d{4}-\d{2}-\d{2})T/, '$1 ')
    .replace(/(?:\.\d+)?Z?$/, '')
    .replace(/ 00:00(?::00)?$/, '');
}
