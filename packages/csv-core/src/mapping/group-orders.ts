import { followOrders, type OrderGrouping } from '../csv/order-grouping.js';

/** Where the order that starts at a row ends: the index of the first row that is of another one. */
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
