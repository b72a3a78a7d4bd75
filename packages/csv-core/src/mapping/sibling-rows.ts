import type { Mapping } from './compile-mapping.js';
import { orderEnd } from './group-orders.js';

/** Consecutive rows of a file. */
export interface RowRun {
  /** Number of the first row in the upload. */
  readonly firstRow: number;
  /** For each row the line on which it starts. */
  readonly lines: readonly number[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * The orders of a run of rows to which one of the wanted rows belongs, each with all its rows.
 *
 * @param wanted numbers of rows in the upload
 */
export function pickOrders(run: RowRun, wanted: ReadonlySet<number>, { orders }: Mapping): readonly RowRun[] {
  const picked: RowRun[] = [];
  for (let start = 0; start < run.rows.length; ) {
    const end = orderEnd(run.rows, start, orders);
    if (isWanted(run.firstRow + start, run.firstRow + end, wanted)) {
      picked.push({
        firstRow: run.firstRow + start,
        lines: run.lines.slice(start, end),
        rows: run.rows.slice(start, end),
      });
    }
    start = end;
  }
  return picked;
}

function isWanted(first: number, end: number, wanted: ReadonlySet<number>): boolean {
  for (let row = first; row < end; row += 1) if (wanted.has(row)) return true;
  return false;
}
