import * as z from 'zod/mini';
import { productKindSchema } from './product.js';
import { keySchema } from './scalars.js';

/** Units of one product committed to pledges, against units on hand. */
export const inventorySchema = z.object({
  kind: productKindSchema,
  productKey: keySchema,
  /** Units in pledges that are collected, pending or errored. */
  committed: z.int().check(z.minimum(0)),
  /** Null while the merchant has not stated it. */
  onHand: z.nullable(z.int().check(z.minimum(0))),
});

export type InventoryRecord = z.infer<typeof inventorySchema>;
