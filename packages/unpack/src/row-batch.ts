import type { SheetRow } from './unpacked-file.js';

const BATCH_ROWS = 500;

/** A row costs as many cells as its last column, however few bytes describe it. */
const BATCH_CELLS = 100_000;

/** UTF-16 units. A shared string takes a few bytes in the sheet, and its whole length in memory. */
const BATCH_LENGTH = 1024 ** 2;

/** Collects rows until there are enough of them, or enough in them. */
export interface RowBatch {
  add(row: SheetRow): void;
  isFull(): boolean;
  /** Takes all rows. None are left. */
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
