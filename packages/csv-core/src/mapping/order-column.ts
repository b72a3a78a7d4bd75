import type { Platform } from '../platforms/platform.js';
import type { ColumnAssignment } from './column-assignment.js';
import { compileMapping, type OrderColumn } from './compile-mapping.js';

/**
 * The column with the number of the order. Null where each row is an order of its own, or no column has its number.
 *
 * @param columns the meanings that a person has assigned to the columns. Default: by the rules of the platform
 */
export function orderColumn(
  headers: readonly string[],
  platform: Platform,
  columns?: readonly ColumnAssignment[],
): OrderColumn | null {
  return platform.orderRows === 'one' ? null : compileMapping(headers, platform, columns).orders;
}
