import { CsvFileError } from '../csv-file-error.js';

/** How consecutive rows of one order are told in a file with a row per item. */
export interface OrderGrouping {
  /** Position of the column that names the order, from 0. */
  readonly orderColumn: number;
  /** Whether a blank order cell means "as above". */
  readonly blankContinues: boolean;
}

/** Follows the rows of a file from order to order. */
export interface OrderSpan {
  /** Whether the row belongs to the order of the row before it. @throws CsvFileError `order_too_long` */
  continuesWith(row: readonly string[], line: number): boolean;
  /** What to throw when the order at hand does not fit. */
  tooLong(): CsvFileError;
}

/** @param maxRows rows that one order may have */
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
