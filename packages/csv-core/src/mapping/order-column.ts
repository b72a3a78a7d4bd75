import type { Platform } from '../platforms/platform.js';
import type { ColumnAssignment } from './column-assignment.js';
import { compileMapping, type OrderColumn } from './compile-mapping.js';

/**
 * Null where each row is an order of its own, or the file has no column for its number.
 *
 * @param columns what a person has said of the columns; left out, the platform knows.
 */
export function orderColumn(
  headers: readonly string[],
  platform: Platform,
  columns?: readonly ColumnAssignment[],
): OrderColumn | null {
  return platform.orderRows === 'one' ? null : compileMapping(headers, platform, columns).orders;
}
