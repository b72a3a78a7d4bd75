import { z } from 'zod';
import { amountSchema, currencySchema, keySchema, lineSchema } from './scalars.js';

/** A reward tier, something bought on top of it, or a counted part. */
export const productKindSchema = z.enum(['REWARD', 'ADD_ON', 'ITEM']);

export type ProductKind = z.infer<typeof productKindSchema>;

export const productSchema = z.object({
  kind: productKindSchema,
  /** The platform's id where there is one, else the SKU, else the name: the natural key inside campaign and kind. */
  key: keySchema,
  name: lineSchema.min(1),
  sku: keySchema.nullable(),
  price: amountSchema.nullable(),
  currency: currencySchema.nullable(),
});

export type ProductRecord = z.infer<typeof productSchema>;
