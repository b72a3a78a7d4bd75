import { parseIdentifier } from '../values/identifier.js';

/** How to tell which rows of a file belong to one order, so that they stay in one chunk and become one record. */
export interface OrderGrouping {
  /** Position of the column that holds the number of the order, from 0. */
  readonly orderColumn: number;
  /** Whether a row with a blank number goes on with the order of the row above. */
  readonly blankContinues: boolean;
  /** Whether a single row with a blank number goes on with the order above. Default: as `blankContinues` says. */
  readonly isContinuation?: ((row: readonly string[]) => boolean) | undefined;
  /** Whether a row is no record, such as a page line. It never ends the order above it. Default: every row is one. */
  readonly isNoRecord?: ((row: readonly string[]) => boolean) | undefined;
}

/** Whether a row goes on with the order of the row before it. The first row never does. */
export type OrderFollower = (row: readonly string[]) => boolean;

/**
 * Follows rows from order to order. To be asked of every row, in file order: after rows with a blank number the order
 * is still that of the row above them.
 */
export function followOrders({
  orderColumn,
  blankContinues,
  isContinuation = () => blankContinues,
  isNoRecord,
}: OrderGrouping): OrderFollower {
  let order: string | null = null;
  return (row) => {
    if (isNoRecord?.(row) === true) return order !== null;
    const number = orderNumber(row[orderColumn] ?? '');
    const continues = order !== null && (number === '' ? isContinuation(row) : number === order);
    if (!continues) order = number;
    return continues;
  };
}

/** As the record will have it: two rows whose pledge has the same number are one order, however it is written. */
function orderNumber(cell: string): string {
  const read = parseIdentifier(cell);
  return read.ok ? read.value : cell.trim();
}
