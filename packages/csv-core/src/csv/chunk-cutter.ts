import type { OrderGrouping } from './order-grouping.js';
import { createOrderSpan } from './order-span.js';

export interface ChunkCutterOptions {
  /** Rows in a chunk. The last chunk may have fewer; a chunk has more when an order would otherwise be split. */
  readonly chunkRows: number;
  /** A chunk is closed early once its cells together hold this many UTF-16 units. */
  readonly maxChunkLength: number;
  /** A chunk is closed early once its records together will take this many UTF-16 units. */
  readonly maxRecordsLength: number;
  /** Most rows of one order; more are `order_too_long`. */
  readonly maxOrderRows: number;
}

/** Decides where a chunk ends. Call both methods for each row, in this order. */
export interface ChunkCutter {
  /** Whether the chunk ends before this row. @throws CsvFileError `order_too_long` */
  endsBefore(row: readonly string[], line: number): boolean;
  /**
   * Whether the chunk ends after this row, which is part of it.
   *
   * @param recordLength what the row's part of a record will take, in UTF-16 units
   * @throws CsvFileError `order_too_long`
   */
  endsWith(row: readonly string[], recordLength: number): boolean;
}

/** With a grouping, a chunk does not end within an order. */
export function createChunkCutter(
  { chunkRows, maxChunkLength, maxRecordsLength, maxOrderRows }: ChunkCutterOptions,
  grouping: OrderGrouping | null,
): ChunkCutter {
  const order = grouping && createOrderSpan(grouping, maxOrderRows);
  let rows = 0;
  let length = 0;
  let recordsLength = 0;
  let continues = false;

  /** Whether the chunk is full; then the next one is begun. */
  function endIfFull(): boolean {
    if (rows < chunkRows && length < maxChunkLength && recordsLength < maxRecordsLength) return false;
    rows = 0;
    length = 0;
    recordsLength = 0;
    return true;
  }

  return {
    endsBefore(row, line) {
      if (order === null) return false;
      // Only the row after a full chunk shows whether an order continues.
      continues = order.continuesWith(row, line);
      return !continues && endIfFull();
    },
    endsWith(row, recordLength) {
      rows += 1;
      for (const cell of row) length += cell.length;
      recordsLength += recordLength;
      if (order === null) return endIfFull();
      const isTooLong = length > 2 * maxChunkLength || recordsLength > 2 * maxRecordsLength;
      if (continues && isTooLong) throw order.tooLong();
      return false;
    },
  };
}
