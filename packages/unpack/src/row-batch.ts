import type { SheetRow } from './unpacked-file.js';

const BATCH_ROWS = 500;

/** A row costs what its last column says, however few bytes wrote it. */
const BATCH_CELLS = 100_000;

/** UTF-16 units. A shared text costs a cell a few bytes, and memory all of its length. */
const BATCH_LENGTH = 1024 ** 2;

/** Rows that wait until there are enough of them, or enough in them. */
export interface RowBatch {
  add(row: SheetRow): void;
  isFull(): boolean;
  /** All rows; it is empty then. */
  take(): readonly SheetRow[];
}

export function createRowBatch(): RowBatch {
  let rows: SheetRow[] = [];
  let cellCount = 0;
  let length = 0;
  return {
    add(row) {
      rows.push(row);
      cellCount += row.cells.length;
      for (const cell of row.cells) length += cell.length;
    },
    isFull: () => rows.length >= BATCH_ROWS || cellCount >= BATCH_CELLS || length >= BATCH_LENGTH,
    take() {
      const taken = rows;
      rows = [];
      cellCount = 0;
      length = 0;
      return taken;
    },
  };
}
