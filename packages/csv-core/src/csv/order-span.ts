import { CsvFileError } from '../csv-file-error.js';

/** How to recognise consecutive rows of one order in a file with one row per item. */
export interface OrderGrouping {
  /** Position, from 0, of the column with the order's number. */
  readonly orderColumn: number;
  /** Whether a row with a blank cell there continues the order of the row above. */
  readonly blankContinues: boolean;
}

/** Follows the rows of a file and finds where an order ends. */
export interface OrderSpan {
  /** Whether the row belongs to the order of the row before it. @throws CsvFileError `order_too_long` */
  continuesWith(row: readonly string[], line: number): boolean;
  /** The error for a current order that does not fit in a chunk. */
  tooLong(): CsvFileError;
}

/** @param maxRows most rows of one order */
export function createOrderSpan(grouping: OrderGrouping, maxRows: number): OrderSpan {
  const { orderColumn, blankContinues } = grouping;
  let order: string | null = null;
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
      const name = (row[orderColumn] ?? '').trim();
      const continues = order !== null && (name === '' ? blankContinues : name === order);
      if (!continues) {
        order = name;
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
