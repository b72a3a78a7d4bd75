import { parseIdentifier } from '../values/identifier.js';
import { isBlank } from './blank-cells.js';

/** A row that goes on with the order above has a cell in one of the filled columns, and none in the blank ones. */
export interface OrderContinuation {
  /** Positions of the columns that are blank. */
  readonly blank: readonly number[];
  /** Positions of the columns of which one is filled. */
  readonly filled: readonly number[];
}

/** How to tell which rows of a file belong to one order, so that they stay in one chunk and become one record. */
export interface OrderGrouping {
  /** Position of the column that holds the number of the order, from 0. */
  readonly orderColumn: number;
  /** Whether a row with a blank number goes on with the order of the row above. */
  readonly blankContinues: boolean;
  /** Which rows with a blank number go on with the order above, where not all do. Default null. */
  readonly continuation?: OrderContinuation | null | undefined;
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
  continuation = null,
  isNoRecord,
}: OrderGrouping): OrderFollower {
  let order: string | null = null;
  return (row) => {
    if (isNoRecord?.(row) === true) return order !== null;
    const number = orderNumber(row[orderColumn] ?? '');
    const continues =
      order !== null && (number === '' ? blankContinues || goesOn(row, continuation) : number === order);
    if (!continues) order = number;
    return continues;
  };
}

function goesOn(row: readonly string[], continuation: OrderContinuation | null): boolean {
  if (continuation === null) return false;
  const isFilled = (position: number) => !isBlank(row[position]);
  return continuation.filled.some(isFilled) && !continuation.blank.some(isFilled);
}

/** As the record will have it: two rows whose pledge has the same number are one order, however it is written. */
export function orderNumber(cell: string): string {
  const read = parseIdentifier(cell);
  return read.ok ? read.value : cell.trim();
}
