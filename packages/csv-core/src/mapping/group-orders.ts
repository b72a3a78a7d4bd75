import { followOrders, type OrderGrouping } from '../csv/order-grouping.js';

/**
 * The index after the last row of the order that starts at `start`. Compares cells in the same way as the code that
 * cuts chunks (`csv/order-span.ts`), so that both find the same orders.
 */
export function orderEnd(
  rows: readonly (readonly string[])[],
  start: number,
  orders: OrderGrouping | null,
): number {
  if (orders === null) return start + 1;
  const continuesOrder = followOrders(orders);
  continuesOrder(rows[start] ?? []);
  let end = start + 1;
  while (end < rows.length && continuesOrder(rows[end] ?? [])) end += 1;
  return end;
}
