import { z } from 'zod';

/** One of a pledge's items, as its row holds it. */
export interface StoredItem {
  readonly productId: string;
  /** 1 or more. */
  readonly quantity: number;
  /** Decimal text with four decimals; null where no file says it. */
  readonly unitPrice: string | null;
}

const storedSchema = z.record(
  z.string(),
  z.object({ quantity: z.number(), unitPrice: z.string().optional() }),
);

/**
 * A pledge's items as the text of its JSON column: `{ [productId]: { quantity, unitPrice? } }`. The same items give the
 * same text, in whatever order they come, so that texts can be compared.
 */
export function encodeItems(items: readonly StoredItem[]): string {
  const sorted = items.length > 1 ? items.toSorted((a, b) => (a.productId < b.productId ? -1 : 1)) : items;
  let text = '';
  let before = '';
  for (const { productId, quantity, unitPrice } of sorted) {
    if (productId === before) throw new Error(`A pledge names product ${productId} twice`);
    const price = unitPrice === null ? '' : `,"unitPrice":"${unitPrice}"`;
    text += `${before === '' ? '' : ','}"${productId}":{"quantity":${quantity}${price}}`;
    before = productId;
  }
  return `{${text}}`;
}

/** Items by ascending product id, from what the driver read. */
export function decodeItems(json: unknown): readonly StoredItem[] {
  return Object.entries(storedSchema.parse(json))
    .map(([productId, { quantity, unitPrice }]) => ({ productId, quantity, unitPrice: unitPrice ?? null }))
    .sort((a, b) => (a.productId < b.productId ? -1 : 1));
}
