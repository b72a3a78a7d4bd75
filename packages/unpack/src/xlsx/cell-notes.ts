import { shownName } from '@pledgeline/csv-core';
import type { FileNotice } from '../unpacked-file.js';

/** How many cells a notice names. */
const NAMED_CELLS = 3;

/** What the merchant has to know about a cell: the code of a notice. */
export type CellNote = 'error_cells' | 'rounded_cells' | 'unformatted_days';

/** Counts the cells of a sheet that the merchant has to know about. */
export interface CellNotes {
  /**
   * @param place such as `B7`
   * @param value the cell's value in the workbook
   */
  add(note: CellNote, place: string, value: string): void;
  /** The notices so far. */
  notices(): readonly FileNotice[];
}

type Describe = (count: number, cells: string) => string;

const messages: Readonly<Record<CellNote, Describe>> = {
  error_cells: (count, cells) =>
    `${count === 1 ? 'One cell holds an error' : `${count} cells hold an error`} in place of a value and came out blank: ${cells}. Correct ${count === 1 ? 'it' : 'them'} and send the workbook again.`,
  rounded_cells: (count, cells) =>
    `${count === 1 ? 'One cell holds' : `${count} cells hold`} more decimals than an amount can have, which the sheet does not show, and came out rounded to the fourth: ${cells}. Round ${count === 1 ? 'it' : 'them'} in the sheet if that is not what you mean.`,
  unformatted_days: (count, cells) =>
    `The workbook counts its days from 1904, and ${count === 1 ? 'one cell holds a number that may be such a day but is' : `${count} cells hold numbers that may be such days but are`} not formatted as a date: ${cells}. In a column of dates ${count === 1 ? 'it' : 'they'} would be read four years too early. Format ${count === 1 ? 'it' : 'them'} as a date there, and send the workbook again.`,
};

export function createCellNotes(): CellNotes {
  const found = new Map<CellNote, { count: number; readonly cells: string[] }>();
  return {
    add(note, place, value) {
      const entry = found.get(note) ?? { count: 0, cells: [] };
      found.set(note, entry);
      entry.count += 1;
      if (entry.cells.length < NAMED_CELLS) entry.cells.push(`${place}: ${shownName(value)}`);
    },
    notices: () =>
      [...found].map(([code, { count, cells }]) => {
        const more = count - cells.length;
        const named = cells.join(', ') + (more > 0 ? ` and ${more} more` : '');
        return { code, message: messages[code](count, named) };
      }),
  };
}
