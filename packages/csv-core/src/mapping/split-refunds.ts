import type { Mapping } from './compile-mapping.js';
import type { OrderRow } from './map-order.js';

/** A minus or a bracket before the digits. */
const NEGATIVE = /^[^\d]*[-−–(][^\d]*\d/;

/**
 * Divides the rows of an order where the sign of its amount changes: rows that pay money back are no products of it.
 */
export function splitRefunds(
  rows: readonly OrderRow[],
  { fields }: Mapping,
): readonly (readonly OrderRow[])[] {
  const amount = rows.length === 1 ? undefined : fields.find(({ field }) => field === 'amount');
  if (amount === undefined) return [rows];
  const signOf = ({ cells }: OrderRow) => NEGATIVE.test(cells[amount.position] ?? '');
  if (!rows.some(signOf)) return [rows];
  const parts: OrderRow[][] = [];
  let last: boolean | undefined;
  for (const row of rows) {
    const sign = signOf(row);
    if (sign === last) parts.at(-1)?.push(row);
    else parts.push([row]);
    last = sign;
  }
  return parts;
}
