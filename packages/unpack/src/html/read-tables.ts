import { setImmediate } from 'node:timers/promises';
import { readSpool, type Spool } from '../spool.js';
import type { UnpackBudget } from '../unpack-budget.js';
import type { SheetRow } from '../unpacked-file.js';
import type { OpenTable } from './open-table.js';
import { createPageReader } from './page-reader.js';
import { createTableHandlers, type TagListener } from './table-handlers.js';

/** What is called while the tables of a page are read. */
export interface TableListener extends Pick<TagListener, 'end' | 'password'> {
  /**
   * Takes a row that has a cell with text.
   *
   * @returns whether to stop reading until the next turn
   */
  row(row: SheetRow, table: OpenTable): boolean;
}

/** Columns in one turn. A row costs as many as its last column, however few bytes describe it. */
const MAX_COLUMNS_AT_ONCE = 100_000;

/**
 * Reads all tables of a page. It yields when the listener asks for a turn, and often enough not to block the event
 * loop.
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
      // The rest of the piece is read without waiting for anything, so the event loop gets a turn here.
      await setImmediate();
      isPaused = false;
      columns = 0;
      reader.resume();
    }
  }
  reader.end();
}
