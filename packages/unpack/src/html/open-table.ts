import type { UnpackBudget } from '../unpack-budget.js';
import type { SheetRow } from '../unpacked-file.js';
import { MAX_COLUMNS } from '../xlsx/cell-place.js';
import { createRowBuilder } from '../xlsx/row-builder.js';
import { createCellText } from './cell-text.js';
import { wholeNumber } from './whole-number.js';

/** The most columns and rows that a cell can cover (HTML standard, 4.9.11). */
const MAX_COLSPAN = 1_000;
const MAX_ROWSPAN = 65_534;

/** A table of a page that is being read. */
export interface OpenTable {
  /** Its place among the tables of the page, from 0. */
  readonly index: number;
  readonly isInCell: boolean;
  startRow(): void;
  endRow(): void;
  startCell(): void;
  /** How many columns or rows the current cell covers. Its text goes into the first; the others are blank. */
  setSpan(direction: 'colspan' | 'rowspan', text: string): void;
  /** The exact number of the current cell, whose text may show it rounded. */
  setNumber(value: string): void;
  endCell(): void;
  /** @throws UnpackError `workbook_too_large` */
  addText(text: string): void;
  breakLine(): void;
  breakBlock(): void;
  /** Whether it holds an element that belongs to a page's layout or to a form, which data does not have. */
  isLayout: boolean;
  /** Whether one of its cells holds another table. */
  hasNested: boolean;
  /** Whether its end was not seen, because the page has more end tags than elements. */
  isLoose: boolean;
}

/**
 * Takes each row of a table.
 *
 * @param row null when no cell has text
 * @param width columns that were passed, a measure of the work done
 */
export type RowTaker = (row: SheetRow | null, width: number, table: OpenTable) => void;

/** @param index its place among the tables of the page, from 0 */
export function createOpenTable(index: number, budget: UnpackBudget, onRow: RowTaker): OpenTable {
  const name = `Table ${index + 1}`;
  const builder = createRowBuilder(name, budget);
  const text = createCellText();
  /** The last row that a cell further up covers, by column; made when there is such a cell. */
  let coveredTo = new Uint32Array(0);
  let row = 0;
  let column = 0;
  let colspan = 1;
  let rowspan = 1;
  let number = '';
  let isInRow = false;
  let isInCell = false;

  function skip(columns: number): void {
    builder.skipCells(columns);
    column += columns;
  }

  function skipCovered(): void {
    let covered = 0;
    while ((coveredTo[column + covered] ?? 0) >= row) covered += 1;
    // Counted as the separators of a CSV would be: one cell may cover thousands.
    if (covered > 0) budget.unpacked(covered, name);
    skip(covered);
  }

  function cover(): void {
    if (coveredTo.length === 0) coveredTo = new Uint32Array(MAX_COLUMNS + MAX_COLSPAN);
    coveredTo.fill(row + rowspan - 1, column, column + colspan);
  }

  const table: OpenTable = {
    index,
    isLayout: false,
    hasNested: false,
    isLoose: false,
    get isInCell() {
      return isInCell;
    },
    startRow() {
      table.endRow();
      isInRow = true;
      row += 1;
      column = 0;
      builder.startRow();
    },
    endRow() {
      table.endCell();
      if (!isInRow) return;
      isInRow = false;
      onRow(builder.endRow(), column, table);
    },
    startCell() {
      table.endCell();
      if (!isInRow) table.startRow();
      skipCovered();
      builder.startCell();
      isInCell = true;
      colspan = 1;
      rowspan = 1;
      number = '';
    },
    setNumber(value) {
      number = value;
    },
    setSpan(direction, value) {
      const span = /^\s*\d{1,6}/.exec(value) === null ? 1 : Math.max(1, Number.parseInt(value, 10));
      if (direction === 'colspan') colspan = Math.min(span, MAX_COLSPAN);
      else rowspan = Math.min(span, MAX_ROWSPAN);
    },
    endCell() {
      if (!isInCell) return;
      isInCell = false;
      const source = text.length();
      const shown = text.take();
      builder.endCell(number === '' ? shown : wholeNumber(shown, number), source);
      if (rowspan > 1) cover();
      skip(colspan - 1);
      column += 1;
    },
    addText(more) {
      if (!isInCell) return;
      builder.requireRoom(text.length() + more.length);
      text.add(more);
    },
    breakLine() {
      if (isInCell) text.breakLine();
    },
    breakBlock() {
      if (isInCell) text.breakBlock();
    },
  };
  return table;
}
