import { isBlank } from './blank-cells.js';
import type { FoundHeader } from './find-header.js';

/** A row with more cells than its header, of which those beyond the header are blank. */
export interface SlippedRow {
  /** Number of the row in the upload, as in an issue. */
  readonly row: number;
  /** The line on which it starts, from 1. */
  readonly line: number;
  /** The number of cells in the row, with blank cells at its end. */
  readonly width: number;
  /** The first {@link SHOWN_CELLS} cells. */
  readonly cells: readonly string[];
}

/**
 * Rows that seem to have slipped: a cell with a delimiter is not in quotes, so it was split in two and all later cells
 * stand one column too far right.
 */
export interface SlippedRows {
  /** The number of cells in the header, and in rows that have not slipped. */
  readonly width: number;
  readonly count: number;
  /** The first {@link SHOWN_ROWS} slipped rows. */
  readonly first: readonly SlippedRow[];
}

const SHOWN_ROWS = 20;
const SHOWN_CELLS = 12;

export interface SlipFinder {
  /** Call it with every row below the header except blank rows. */
  look(row: readonly string[], line: number): void;
  /** Null when no row has slipped, or when the rows differ too much in length to know. */
  result(): SlippedRows | null;
}

/**
 * Excel writes a sheet in blocks of this many rows, each row as wide as the widest row of its block. A note beside the
 * table, or a cell with only a colour, gives all rows of its block more cells. Blocks are found by lines instead of
 * rows: where cells contain line breaks these differ, and a row may be reported that has not slipped.
 */
const EXCEL_BLOCK = 16;

/**
 * Finds slipped rows. If the last cell of a slipped row is filled, the row is rejected later (`too_many_cells`). But if
 * the table ends with a blank column, only its number of cells shows that it has slipped. Memory does not grow with the
 * file.
 *
 * Rows are reported only if at least as many rows are as wide as the header as are shorter or wider. They are not
 * reported if the header itself ends with a blank cell, or if whole blocks of Excel are wider, because some programs
 * write such files. Workbooks have no slipped rows, because their cells are not separated by delimiters.
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
  /** A row of the header's width before this line is in the same block as a slipped row. */
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
      // A single row without others in its block is more likely a slipped last row of the file than a wide block.
      const areWideBlocks = slipped > 1 && !isInMixedBlock;
      if (slipped === 0 || areWideBlocks || even < slipped + short) return null;
      return { width, count: slipped, first };
    },
  };
}
