import { createRowBatch } from '../row-batch.js';
import type { Spool } from '../spool.js';
import type { UnpackBudget } from '../unpack-budget.js';
import type { SheetRow } from '../unpacked-file.js';
import { readTables } from './read-tables.js';

/**
 * The rows of one table of a page, each up to its last cell with text, numbered from the table's first row. Rows
 * without text are left out.
 *
 * @param index its place among all tables of the page, from 0
 * @throws UnpackError `unpacked_too_large`, `ratio_too_high`, or what the disk fails with
 */
export async function* readTableRows(
  spool: Spool,
  encoding: string,
  index: number,
  budget: UnpackBudget,
): AsyncGenerator<readonly SheetRow[]> {
  const batch = createRowBatch();
  let isOver = false;
  const turns = readTables(spool, encoding, budget, {
    row(row, table) {
      if (table.index === index) batch.add(row);
      return batch.isFull();
    },
    end(table) {
      isOver ||= table.index === index;
    },
    password: () => undefined,
  });
  for await (const _turn of turns) {
    if (batch.isFull()) yield batch.take();
    if (isOver) break;
  }
  const rest = batch.take();
  if (rest.length > 0) yield rest;
}
