import type { PledgeItemRecord } from '../schemas/pledge.js';
import type { ProductRecord } from '../schemas/product.js';
import type { Mapping } from './compile-mapping.js';
import type { RowValues } from './read-row.js';
import type { RowFields } from './row-fields.js';

/** The items of one pledge and the products that they name. */
export interface Items {
  readonly items: PledgeItemRecord[];
  readonly products: ProductRecord[];
}

/** Puts reward, product columns and count columns of a row together; equal products are summed. */
export function buildItems(values: RowValues, mapping: Mapping): Items {
  const found: { product: ProductRecord; quantity: number }[] = [];
  const product = rowProduct(values.fields);
  const reward = rewardProduct(values.fields, mapping);
  const quantity = values.fields.quantity ?? 1;
  if (reward) found.push({ product: reward, quantity: product ? 1 : quantity });
  if (product) found.push({ product, quantity });
  for (const count of values.counts) found.push({ product: count.column.product, quantity: count.quantity });
  return sumEqual(found);
}

/**
 * The reward tier. Reports per reward tier before 2018 name the tier by nothing but its minimum; such a tier is
 * told apart by that price.
 */
function rewardProduct(fields: RowFields, mapping: Mapping): ProductRecord | null {
  const price = fields.rewardPrice;
  const sku = null;
  const worth = { price: price?.amount ?? null, currency: price?.currency ?? null };
  const key = fields.rewardId ?? fields.rewardTitle;
  if (key !== null) {
    const name = fields.rewardTitle ?? `Reward ${key}`;
    return { kind: 'REWARD', key, name, sku, ...worth };
  }
  const named = mapping.headerOf.has('rewardId') || mapping.headerOf.has('rewardTitle');
  if (named || price === null || Number(price.amount) <= 0) return null;
  // `$59 AUD` and `$59.00 AUD` are one tier.
  const amount = price.amount.replace(/\.0+$/, '');
  const text = price.currency === null ? amount : `${amount} ${price.currency}`;
  return { kind: 'REWARD', key: `minimum:${text}`, name: `Reward of ${text}`, sku, ...worth };
}

function rowProduct(fields: RowFields): ProductRecord | null {
  const key = fields.productSku ?? fields.productName;
  if (key === null) return null;
  return {
    kind: 'ITEM',
    key,
    name: fields.productName ?? key,
    sku: fields.productSku,
    price: fields.productPrice?.amount ?? null,
    currency: fields.productPrice?.currency ?? fields.currency,
  };
}

function sumEqual(found: readonly { product: ProductRecord; quantity: number }[]): Items {
  const byProduct = new Map<string, PledgeItemRecord>();
  const items: PledgeItemRecord[] = [];
  const products: ProductRecord[] = [];
  for (const { product, quantity } of found) {
    if (quantity === 0) continue;
    const { kind, key: productKey, price: unitPrice } = product;
    const id = `${kind}:${productKey}`;
    const earlier = byProduct.get(id);
    if (earlier) {
      earlier.quantity += quantity;
      continue;
    }
    const item = { kind, productKey, quantity, unitPrice };
    byProduct.set(id, item);
    items.push(item);
    products.push(product);
  }
  return { items, products };
}
