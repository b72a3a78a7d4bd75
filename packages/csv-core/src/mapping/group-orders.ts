import type { OrderColumn } from './compile-mapping.js';

/**
 * Where the order that starts at a row ends: the index of the first row that is of another one. Cells are compared as the
 * chunker compares them, so that no order is cut there.
 */
export function orderEnd(
  rows: readonly (readonly string[])[],
  start: number,
  orders: OrderColumn | null,
): number {
  let end = start + 1;
  if (orders === null) return end;
  const nameOf = (row: readonly string[] | undefined) => (row?.[orders.orderColumn] ?? '').trim();
  const order = nameOf(rows[start]);
  while (end < rows.length) {
    const name = nameOf(rows[end]);
    const continues = name === '' ? orders.blankContinues : name === order;
    if (!continues) break;
    end += 1;
  }
  return end;
}
