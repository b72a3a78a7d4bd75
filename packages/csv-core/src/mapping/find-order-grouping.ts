import type { OrderGrouping } from '../csv/order-grouping.js';
import type { Platform } from '../platforms/platform.js';
import type { ColumnAssignment } from './column-assignment.js';
import { compileMapping } from './compile-mapping.js';

/**
 * How the rows of a file make orders. Null where each row is an order of its own, or the file has no column for its
 * number.
 *
 * @param columns what a person has said of the columns; left out, the platform knows.
 */
export function findOrderGrouping(
  headers: readonly string[],
  platform: Platform,
  columns?: readonly ColumnAssignment[],
): OrderGrouping | null {
  return platform.orderRows === 'one' ? null : compileMapping(headers, platform, columns).orders;
}
