import * as z from 'zod/mini';
import { amountSchema, currencySchema, keySchema, lineSchema } from './scalars.js';

/** A reward tier, an add-on bought with it, or an item that a reward contains. */
export const productKindSchema = z.enum(['REWARD', 'ADD_ON', 'ITEM']);

export type ProductKind = z.infer<typeof productKindSchema>;

export const productSchema = z.object({
  kind: productKindSchema,
  /** The natural key inside campaign and kind: the platform's id, else the SKU, else the name. */
  key: keySchema,
  name: lineSchema.check(z.minLength(1)),
  sku: z.nullable(keySchema),
  price: z.nullable(amountSchema),
  currency: z.nullable(currencySchema),
});

export type ProductRecord = z.infer<typeof productSchema>;
