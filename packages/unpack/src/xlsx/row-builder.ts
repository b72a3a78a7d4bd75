import { shownName } from '@pledgeline/csv-core';
import type { UnpackBudget } from '../unpack-budget.js';
import { UnpackError } from '../unpack-error.js';
import type { SheetRow } from '../unpacked-file.js';
import { cellReference, MAX_COLUMNS, MAX_ROWS, parseColumn, parseRowNumber } from './cell-place.js';
import { damaged } from './xml-reader.js';

/** In UTF-16 units, as for a row of a CSV. One long shared string may stand in every cell of a row. */
const MAX_ROW_LENGTH = 4_194_304;

/** Builds one row after the other. A row or cell without a number comes right after the one before it. */
export interface RowBuilder {
  startRow(): void;
  /** @throws UnpackError `damaged_archive` */
  setLine(text: string): void;
  startCell(): void;
  /** Passes over `count` cells without text. */
  skipCells(count: number): void;
  /** @throws UnpackError `damaged_archive` */
  setReference(text: string): void;
  /** The reference of the current cell, such as `B7`. */
  place(): string;
  /**
   * @param source how many units of the text are in the sheet itself; the rest came from elsewhere, counted as unpacked
   * @throws UnpackError `damaged_archive`, `workbook_too_large`, `unpacked_too_large` or `ratio_too_high`
   */
  endCell(text: string, source: number): void;
  /**
   * The row up to its last cell with text; null when there is none.
   *
   * @throws UnpackError as `endCell`
   */
  endRow(): SheetRow | null;
  /** @throws UnpackError `workbook_too_large` when a cell of this length makes the row too long */
  requireRoom(units: number): void;
}

/** @param part the sheet's path, for messages */
export function createRowBuilder(part: string, budget: UnpackBudget): RowBuilder {
  let cells: string[] = [];
  let length = 0;
  let line = 0;
  let column = -1;

  function requireRoom(units: number): void {
    if (length + units > MAX_ROW_LENGTH) throw rowTooLong(part, line);
  }

  return {
    requireRoom,
    startRow() {
      cells = [];
      length = 0;
      line += 1;
      column = -1;
    },
    setLine(text) {
      const parsed = parseRowNumber(text);
      if (parsed === null) throw damaged(part, `"${shownName(text)}" is not the number of a row`);
      line = parsed;
    },
    startCell() {
      column += 1;
    },
    skipCells(count) {
      column += count;
    },
    setReference(text) {
      const parsed = parseColumn(text);
      if (parsed === null) throw damaged(part, `"${shownName(text)}" is not a cell`);
      column = parsed;
    },
    place: () => cellReference(column, line),
    endCell(text, source) {
      if (column >= MAX_COLUMNS) throw damaged(part, `row ${line} has more than ${MAX_COLUMNS} cells`);
      requireRoom(text.length);
      length += text.length;
      if (text.length > source) budget.unpacked(text.length - source, part);
      if (text === '') return;
      while (cells.length < column) cells.push('');
      cells[column] = text;
    },
    endRow() {
      if (line > MAX_ROWS) throw damaged(part, `it has more than ${MAX_ROWS} rows`);
      // Counted as the separators of a CSV would be: one cell in the last column makes thousands of blank ones.
      budget.unpacked(cells.length, part);
      while (cells.at(-1)?.trim() === '') cells.pop();
      return cells.length === 0 ? null : { cells, line };
    },
  };
}

function rowTooLong(file: string, line: number): UnpackError {
  return new UnpackError(
    'workbook_too_large',
    `Row ${line} of the sheet is longer than ${MAX_ROW_LENGTH} characters. Shorten it, or check that the sheet is a table.`,
    { file },
  );
}
