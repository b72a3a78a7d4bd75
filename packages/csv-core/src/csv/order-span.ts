import { CsvFileError } from '../csv-file-error.js';
import { followOrders, type OrderGrouping } from './order-grouping.js';

/** Follows the rows of a file from order to order, and sees that no order has too many. */
export interface OrderSpan {
  /** Whether the row goes on with the order of the row before it. @throws CsvFileError `order_too_long` */
  continuesWith(row: readonly string[], line: number): boolean;
  /** The error for a current order that does not fit in a chunk. */
  tooLong(): CsvFileError;
}

/** @param maxRows most rows of one order */
export function createOrderSpan(grouping: OrderGrouping, maxRows: number): OrderSpan {
  const continuesOrder = followOrders(grouping);
  let startLine = 0;
  let rows = 0;

  function tooLong(): CsvFileError {
    return new CsvFileError(
      'order_too_long',
      `The rows of one order are read together, and the order that starts on line ${startLine} has more than ${maxRows} of them, or too much text. Check that every row names its order, or split the order into several.`,
      startLine,
    );
  }

  return {
    continuesWith(row, line) {
      const continues = continuesOrder(row);
      if (!continues) {
        startLine = line;
        rows = 0;
      }
      rows += 1;
      if (rows > maxRows) throw tooLong();
      return continues;
    },
    tooLong,
  };
}
