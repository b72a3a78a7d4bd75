import { z } from 'zod';
import { amountSchema, currencySchema, keySchema, lineSchema } from './scalars.js';

/** A reward tier, an add-on bought with it, or an item that a reward contains. */
export const productKindSchema = z.enum(['REWARD', 'ADD_ON', 'ITEM']);

export type ProductKind = z.infer<typeof productKindSchema>;

export const productSchema = z.object({
  kind: productKindSchema,
  /** The natural key inside campaign and kind: the platform's id, else the SKU, else the name. */
  key: keySchema,
  name: lineSchema.min(1),
  sku: keySchema.nullable(),
  price: amountSchema.nullable(),
  currency: currencySchema.nullable(),
});

export type ProductRecord = z.infer<typeof productSchema>;
