import type { OrderGrouping } from './order-grouping.js';
import { createOrderSpan } from './order-span.js';

export interface ChunkCutterOptions {
  /** Rows in a chunk; the last one may have fewer, and one that ends within an order has more. */
  readonly chunkRows: number;
  /** A chunk is closed early once its cells together hold this many UTF-16 units. */
  readonly maxChunkLength: number;
  /** Rows of one order before `order_too_long`. */
  readonly maxOrderRows: number;
}

/** Says where a chunk ends. To be asked twice of each row, in this order. */
export interface ChunkCutter {
  /** Whether the chunk ends before this row. @throws CsvFileError `order_too_long` */
  endsBefore(row: readonly string[], line: number): boolean;
  /** Whether the chunk ends with this row, which is in it now. @throws CsvFileError `order_too_long` */
  endsWith(row: readonly string[]): boolean;
}

/** With a grouping, a chunk stays open while rows continue an order. */
export function createChunkCutter(
  { chunkRows, maxChunkLength, maxOrderRows }: ChunkCutterOptions,
  grouping: OrderGrouping | null,
): ChunkCutter {
  const order = grouping && createOrderSpan(grouping, maxOrderRows);
  let rows = 0;
  let length = 0;
  let continues = false;

  /** Whether a full chunk was left behind. */
  function leaveFull(): boolean {
    if (rows < chunkRows && length < maxChunkLength) return false;
    rows = 0;
    length = 0;
    return true;
  }

  return {
    endsBefore(row, line) {
      if (order === null) return false;
      // Whether a full chunk may close shows only in the row after it.
      continues = order.continuesWith(row, line);
      return !continues && leaveFull();
    },
    endsWith(row) {
      rows += 1;
      for (const cell of row) length += cell.length;
      if (order === null) return leaveFull();
      if (continues && length > 2 * maxChunkLength) throw order.tooLong();
      return false;
    },
  };
}
