import type { PledgeItemRecord } from '../schemas/pledge.js';
import type { ProductRecord } from '../schemas/product.js';
import type { Mapping } from './compile-mapping.js';
import type { ReadItem } from './read-items.js';
import type { RowValues } from './read-row.js';
import type { RowFields } from './row-fields.js';

/** The items of one pledge, and their products. */
export interface Items {
  readonly items: PledgeItemRecord[];
  readonly products: ProductRecord[];
}

/** Units of one product that were found in a row. */
interface Found {
  readonly product: Readonly<ProductRecord>;
  readonly quantity: number;
}

/**
 * Collects the items of a pledge from its reward, product columns, item groups and count columns. The units of equal
 * products are added up, also over all rows of an order.
 */
export function buildItems(values: RowValues, mapping: Mapping): Items {
  const found: Found[] = [];
  if (values.rows === null) addRowItems(values.fields, mapping, found);
  else addOrderItems(values.rows, mapping, found);
  for (const item of values.items) addItem(item, values.fields.currency, found);
  for (const count of values.counts) found.push({ product: count.column.product, quantity: count.quantity });
  return sumEqual(found);
}

function addRowItems(fields: RowFields, mapping: Mapping, found: Found[]): void {
  const product = rowProduct(fields, fields.currency);
  const reward = rewardProduct(fields, mapping);
  const quantity = fields.quantity ?? 1;
  if (reward) found.push({ product: reward, quantity: product ? 1 : quantity });
  if (product) found.push({ product, quantity });
}

/** Every row of an order repeats its reward, which counts once, unless each row is for one reward. */
function addOrderItems(rows: readonly RowFields[], mapping: Mapping, found: Found[]): void {
  const rewards = new Set<string>();
  for (const fields of rows) {
    const ofRow: Found[] = [];
    addRowItems(fields, mapping, ofRow);
    for (const one of ofRow) {
      const { kind, key } = one.product;
      if (kind === 'REWARD' && !mapping.rewardPerRow) {
        if (rewards.has(key)) continue;
        rewards.add(key);
      }
      found.push(one);
    }
  }
}

function addItem(item: ReadItem, currency: string | null, found: Found[]): void {
  const product = rowProduct(item, currency);
  if (product === null) return;
  const quantity = item.quantity ?? 1;
  if (item.options.length === 0) {
    found.push({ product, quantity });
    return;
  }
  const suffix = ` - ${item.options.join(' / ')}`;
  const key = `${product.key}${suffix}`;
  found.push({ product: { ...product, key, name: `${product.name}${suffix}` }, quantity });
}

/**
 * The reward tier. In Kickstarter's reports per reward tier before 2018 a tier has neither id nor title, so its minimum
 * is its key.
 */
function rewardProduct(fields: RowFields, mapping: Mapping): ProductRecord | null {
  const price = fields.rewardPrice;
  const sku = null;
  const priceOfOne = { price: price?.amount ?? null, currency: price?.currency ?? null };
  const key = fields.rewardId ?? fields.rewardTitle;
  if (key !== null) {
    const name = fields.rewardTitle ?? `Reward ${key}`;
    return { kind: 'REWARD', key, name, sku, ...priceOfOne };
  }
  const named = mapping.headerOf.has('rewardId') || mapping.headerOf.has('rewardTitle');
  if (named || price === null || Number(price.amount) <= 0) return null;
  // `$59 AUD` and `$59.00 AUD` are the same tier.
  const amount = price.amount.replace(/\.0+$/, '');
  const text = price.currency === null ? amount : `${amount} ${price.currency}`;
  return { kind: 'REWARD', key: `minimum:${text}`, name: `Reward of ${text}`, sku, ...priceOfOne };
}

type ProductFields = Pick<RowFields, 'productSku' | 'productName' | 'productPrice'>;

function rowProduct(
  { productSku, productName, productPrice }: ProductFields,
  currency: string | null,
): ProductRecord | null {
  const key = productSku ?? productName;
  if (key === null) return null;
  return {
    kind: 'ITEM',
    key,
    name: productName ?? key,
    sku: productSku,
    price: productPrice?.amount ?? null,
    currency: productPrice?.currency ?? currency,
  };
}

function sumEqual(found: readonly Found[]): Items {
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
