import { setImmediate } from 'node:timers/promises';
import { readSpool, type Spool } from '../spool.js';
import type { UnpackBudget } from '../unpack-budget.js';
import type { SheetRow } from '../unpacked-file.js';
import type { OpenTable } from './open-table.js';
import { createPageReader } from './page-reader.js';
import { createTableHandlers, type TagListener } from './table-handlers.js';

/** What is told of the tables of a page. */
export interface TableListener extends Pick<TagListener, 'end' | 'password'> {
  /**
   * A row that has a cell with text.
   *
   * @returns whether what follows has to wait for the next turn
   */
  row(row: SheetRow, table: OpenTable): boolean;
}

/** Columns that are passed in one go. A row costs what its last column says, however few bytes wrote it. */
const MAX_COLUMNS_AT_ONCE = 100_000;

/**
 * Reads all tables of a page. Every turn of it is as long as a listener wants, and never so long that others have to
 * wait for it.
 *
 * @throws PageError, UnpackError, or what the disk fails with
 */
export async function* readTables(
  spool: Spool,
  encoding: string,
  budget: UnpackBudget,
  listener: TableListener,
): AsyncGenerator<void> {
  let columns = 0;
  let isPaused = false;
  const handlers = createTableHandlers(budget, {
    row(row, width, table) {
      columns += width;
      const isFull = row !== null && listener.row(row, table);
      isPaused ||= isFull || columns >= MAX_COLUMNS_AT_ONCE;
      if (isPaused) reader.pause();
    },
    end: listener.end,
    password: listener.password,
  });
  const reader = createPageReader(encoding, handlers);
  for await (const piece of readSpool(spool)) {
    reader.push(piece);
    while (isPaused) {
      yield;
      // As with a worksheet: nothing in the rest of the piece waits, and others would have to.
      await setImmediate();
      isPaused = false;
      columns = 0;
      reader.resume();
    }
  }
  reader.end();
}
