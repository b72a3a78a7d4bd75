import type { OrderGrouping } from '../csv/order-grouping.js';
import type { Platform } from '../platforms/platform.js';
import type { ColumnAssignment } from './column-assignment.js';
import { compileMapping } from './compile-mapping.js';

/**
 * How the rows of a file make orders. Null where each row is an order of its own, or the file has no column for its
 * number.
 *
 * @param columns the meanings that a person has assigned to the columns. Default: by the rules of the platform
 */
export function findOrderGrouping(
  headers: readonly string[],
  platform: Platform,
  columns?: readonly ColumnAssignment[],
): OrderGrouping | null {
  return platform.orderRows === 'one' ? null : compileMapping(headers, platform, columns).orders;
}
