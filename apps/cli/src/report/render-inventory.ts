import type { Schemas } from '@pledgeline/client/node';
import { formatCount } from './numbers.js';
import type { Style } from './style.js';
import { renderTable } from './table.js';
import { printable } from './text.js';

const columns = [
  { title: 'product id' },
  { title: 'kind' },
  { title: 'product', flexible: true },
  { title: 'sku', flexible: true },
  { title: 'on hand', align: 'right' },
  { title: 'owed', align: 'right' },
  { title: 'unpaid', align: 'right' },
  { title: 'available', align: 'right' },
  { title: 'short', align: 'right' },
] as const;

/** An id must not be cut, and a report is narrower than all columns together. */
const WIDTH = 160;

/** Renders a table of the units of products. */
export function renderInventory(inventory: readonly Schemas['Inventory'][], style: Style): string {
  if (inventory.length === 0) return 'There are no products.\n';
  const rows = inventory.map(({ productId, product, ...units }) => [
    productId,
    product.kind.toLowerCase().replace('_', '-'),
    printable(product.name ?? product.key),
    printable(product.sku ?? ''),
    ...[units.onHand, units.committed, units.unpaid, units.available, units.short].map((count) =>
      count === null ? '?' : formatCount(count),
    ),
  ]);
  return `${renderTable(columns, rows, { ...style, width: WIDTH }).join('\n')}\n`;
}
