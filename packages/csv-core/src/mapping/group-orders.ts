import type { OrderColumn } from './compile-mapping.js';

/**
 * The index after the last row of the order that starts at `start`. Compares cells in the same way as the code that
 * cuts chunks (`csv/order-span.ts`), so that both find the same orders.
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
