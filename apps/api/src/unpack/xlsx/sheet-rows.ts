import { setImmediate } from 'node:timers/promises';
import type { UnpackBudget } from '../unpack-budget.js';
import type { SheetRow } from '../unpacked-file.js';
import { createSheetHandlers } from './sheet-handlers.js';
import type { Workbook } from './workbook.js';
import { createXmlReader } from './xml-reader.js';

const BATCH_ROWS = 500;

/** A row costs what its last column says, however few bytes wrote it. */
const BATCH_CELLS = 100_000;

/** UTF-16 units. A shared text costs a cell a few bytes, and memory all of its length. */
const BATCH_LENGTH = 1024 ** 2;

/**
 * The rows of a worksheet (ECMA-376 part 1, 18.3.1.73) as its XML comes, each up to its last cell with text. Rows
 * without a value are left out.
 *
 * @param part the sheet's path, for messages
 * @throws UnpackError `damaged_archive`, `workbook_too_large`, `unpacked_too_large`, `ratio_too_high`, and what
 * `pieces` throws
 */
export async function* readSheetRows(
  part: string,
  pieces: AsyncIterable<Uint8Array>,
  workbook: Workbook,
  budget: UnpackBudget,
): AsyncGenerator<readonly SheetRow[]> {
  const batch = createBatch();
  const handlers = createSheetHandlers(part, workbook, budget, (row) => {
    batch.add(row);
    // A piece holds thousands of rows; the rest of it waits as bytes, which are small.
    if (batch.isFull()) reader.pause();
  });
  const reader = createXmlReader(part, handlers);
  for await (const piece of pieces) {
    reader.push(piece);
    while (batch.isFull()) {
      yield batch.take();
      // The rest of the piece may be many more batches, and nothing in them waits: others would have to.
      await setImmediate();
      reader.resume();
    }
  }
  reader.end();
  const rest = batch.take();
  if (rest.length > 0) yield rest;
}

interface Batch {
  add(row: SheetRow): void;
  isFull(): boolean;
  /** All rows; it is empty then. */
  take(): readonly SheetRow[];
}

function createBatch(): Batch {
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
