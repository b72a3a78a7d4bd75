import type { Spool } from '../spool.js';
import type { UnpackBudget } from '../unpack-budget.js';
import { UnpackError } from '../unpack-error.js';
import type { UnpackOptions } from '../unpacked-file.js';
import { judgeTable, KNOWN } from './judge-table.js';
import type { OpenTable } from './open-table.js';
import { PageError } from './page-reader.js';
import { readTables } from './read-tables.js';

/** A table of a page that may be the one to import. */
export interface PageTable {
  /** Its place among all tables of the page, from 0. */
  readonly index: number;
  /** Such as `Table 1`: its number among the tables that may be imported. */
  readonly name: string;
  /** See `judgeTable`. */
  readonly likelihood: number;
  /** False when the page ends before the table does. */
  readonly isFinished: boolean;
}

/** csv-core looks for a header in as many rows. */
const FIRST_ROWS = 20;

/** A page with more tables than this is no export. */
const MAX_TABLES = 100;

/** How many cells of a row are looked at, and how many characters of a cell. */
const MAX_CELLS = 1_000;
const MAX_CELL_LENGTH = 201;

/**
 * The tables of a page that hold data, in order. A page that asks for a password has only the tables that `isKnown`
 * accepts; a page that no program would write has none.
 *
 * @throws UnpackError `unpacked_too_large`, `ratio_too_high`, or what the disk fails with
 */
export async function findTables(
  spool: Spool,
  encoding: string,
  budget: UnpackBudget,
  isKnown: UnpackOptions['isTable'],
): Promise<readonly PageTable[]> {
  const found: Omit<PageTable, 'name'>[] = [];
  const firstRows = new Map<OpenTable, (readonly string[])[]>();
  let asksForPassword = false;
  const turns = readTables(spool, encoding, budget, {
    row({ cells }, table) {
      const rows = firstRows.get(table) ?? [];
      firstRows.set(table, rows);
      if (rows.length < FIRST_ROWS) {
        rows.push(cells.slice(0, MAX_CELLS).map((cell) => cell.slice(0, MAX_CELL_LENGTH)));
      }
      return false;
    },
    end(table, isFinished) {
      const { index, isLayout, hasNested } = table;
      const evidence = { firstRows: firstRows.get(table) ?? [], isLayout, hasNested };
      const likelihood = judgeTable(evidence, isKnown);
      firstRows.delete(table);
      if (likelihood > 0) found.push({ index, isFinished, likelihood });
    },
    password() {
      asksForPassword = true;
    },
  });
  if (!(await isReadable(turns)) || found.length > MAX_TABLES) return [];
  return found
    .filter(({ likelihood }) => likelihood === KNOWN || !asksForPassword)
    .sort((one, other) => one.index - other.index)
    .map((table, at) => ({ ...table, name: `Table ${at + 1}` }));
}

/** Reads the page to its end. */
async function isReadable(turns: AsyncIterable<void>): Promise<boolean> {
  try {
    for await (const _turn of turns);
    return true;
  } catch (error) {
    const isUnreadable =
      error instanceof PageError ||
      (error instanceof UnpackError && ['damaged_archive', 'workbook_too_large'].includes(error.code));
    if (!isUnreadable) throw error;
    return false;
  }
}
