import { isBlank } from './blank-cells.js';
import type { FoundHeader } from './find-header.js';

/** A row with more cells than its header, which are blank. */
export interface SlippedRow {
  /** Its number in the upload, as in an issue. */
  readonly row: number;
  /** The line on which it starts, from 1. */
  readonly line: number;
  /** Cells of the row as it is written. */
  readonly width: number;
  /** The first {@link SHOWN_CELLS} of them. */
  readonly cells: readonly string[];
}

/** Rows that seem to have slipped by a column. */
export interface SlippedRows {
  /** Cells of the header, and of the rows that have not slipped. */
  readonly width: number;
  readonly count: number;
  /** The first {@link SHOWN_ROWS}. */
  readonly first: readonly SlippedRow[];
}

const SHOWN_ROWS = 20;
const SHOWN_CELLS = 12;

export interface SlipFinder {
  /** To be called with every row below the header, blank ones left out. */
  look(row: readonly string[], line: number): void;
  /** Null when no row has slipped, or the rows differ so much in length that nothing can be said. */
  result(): SlippedRows | null;
}

/**
 * Rows of a sheet that Excel writes at a time, each as wide as the widest of them: a note beside the table, or a cell that
 * only has a colour, gives all rows of its block more cells. Lines stand for rows here; where cells hold line breaks they
 * differ, and rather too much is told.
 */
const EXCEL_BLOCK = 16;

/**
 * Looks for rows in which a cell with the delimiter is not in quotes, so that all cells behind it have slipped. Where the
 * surplus cell is filled, the row is rejected (`too_many_cells`); where the table ends with a blank column nothing else
 * shows it. Memory does not grow with the file.
 *
 * It is a slip where the rows as wide as the header are at least as many as those that are shorter or have slipped. It is
 * none where the header itself ends with a blank cell, or whole blocks of Excel are wider: those are habits of programs.
 * Of a workbook there is nothing to find, since its rows have no blank end.
 *
 * @param firstRow number of the first row in the upload
 */
export function createSlipFinder(
  { headers, width, line: headerLine }: FoundHeader,
  firstRow: number,
): SlipFinder {
  const isEven = headers.length === width && width > 1;
  const first: SlippedRow[] = [];
  let rows = 0;
  let even = 0;
  let short = 0;
  let slipped = 0;
  let lastEvenLine = headerLine;
  /** Before this line a row of the header's width is in one block with a slipped one. */
  let blockEnd = 0;
  let isInMixedBlock = false;

  function slip(row: readonly string[], line: number): void {
    slipped += 1;
    const blockStart = line - ((line - 1) % EXCEL_BLOCK);
    if (lastEvenLine >= blockStart) isInMixedBlock = true;
    blockEnd = blockStart + EXCEL_BLOCK;
    if (first.length >= SHOWN_ROWS) return;
    first.push({ row: firstRow + rows, line, width: row.length, cells: row.slice(0, SHOWN_CELLS) });
  }

  return {
    look(row, line) {
      if (row.length === width) {
        even += 1;
        lastEvenLine = line;
        if (line < blockEnd) isInMixedBlock = true;
      } else if (row.length < width) {
        short += 1;
      } else if (isEven && row.slice(width).every(isBlank)) {
        slip(row, line);
      }
      rows += 1;
    },
    result() {
      // One row alone in its block is likelier a slip at the end of the file than a block.
      const isHabit = slipped > 1 && !isInMixedBlock;
      if (slipped === 0 || isHabit || even < slipped + short) return null;
      return { width, count: slipped, first };
    },
  };
}
