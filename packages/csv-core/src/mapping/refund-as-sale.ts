import { type CellTest, passes } from './cell-test.js';

/** How rows that pay a sale back name it, in a file where each payment has a number of its own. */
export interface RefundRule {
  /** A row that passes all of them pays back a sale. */
  readonly tests: readonly CellTest[];
  /** Which cell of such a row has what another row has in the cell `to`. All of them are filled. */
  readonly moves: readonly { readonly from: number; readonly to: number }[];
}

/**
 * A row that pays back a sale, with the number and the person of the sale in their columns, so that it is read like any other row
 * with the same number. Other rows are returned as they are.
 */
export function refundAsSale(
  cells: readonly string[],
  { refundRule }: { readonly refundRule: RefundRule | null },
): readonly string[] {
  if (refundRule === null || !isRefund(cells, refundRule)) return cells;
  const moved = [...cells];
  for (const { from, to } of refundRule.moves) moved[to] = cells[from] ?? '';
  return moved;
}

function isRefund(cells: readonly string[], { tests, moves }: RefundRule): boolean {
  return (
    tests.every((test) => passes(cells, test)) && moves.every(({ from }) => (cells[from] ?? '').trim() !== '')
  );
}
