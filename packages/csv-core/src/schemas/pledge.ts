import { z } from 'zod';
import { productKindSchema } from './product.js';
import {
  amountSchema,
  countrySchema,
  currencySchema,
  instantSchema,
  keySchema,
  lineSchema,
  textSchema,
} from './scalars.js';

/** One vocabulary for the payment state of a pledge on every platform. */
export const pledgeStatusSchema = z.enum([
  'COLLECTED',
  'PENDING',
  'ERRORED',
  'DROPPED',
  'CANCELED',
  'REFUNDED',
]);

export type PledgeStatus = z.infer<typeof pledgeStatusSchema>;

/** Statuses whose units are owed to a backer, now or when a failed payment is repaired. */
export const committedStatuses: readonly PledgeStatus[] = ['COLLECTED', 'PENDING', 'ERRORED'];

/** What a pledge counts as while no file has told its status: lists kept by hand hold what was pledged. */
export const assumedStatus: PledgeStatus = 'COLLECTED';

/** How many of one product a pledge holds. */
export const pledgeItemSchema = z.object({
  kind: productKindSchema,
  productKey: keySchema,
  quantity: z.int().min(1).max(1_000_000_000),
  unitPrice: amountSchema.nullable(),
});

export type PledgeItemRecord = z.infer<typeof pledgeItemSchema>;

/** One backing or order of a backer, with its items. Null says that the file does not tell. */
export const pledgeSchema = z.object({
  /** Where the pledge was made; with `externalId` the natural key inside a campaign. */
  platform: keySchema,
  externalId: keySchema,
  /** Null: the file does not say, which counts as collected unless another file says otherwise. */
  status: pledgeStatusSchema.nullable(),
  /** The file's word for the status. */
  statusRaw: lineSchema.nullable(),
  amount: amountSchema.nullable(),
  shippingAmount: amountSchema.nullable(),
  bonusAmount: amountSchema.nullable(),
  /** Of all amounts of the pledge. */
  currency: currencySchema.nullable(),
  pledgedAt: instantSchema.nullable(),
  fulfillment: lineSchema.nullable(),
  notes: textSchema.nullable(),
  shippingName: lineSchema.nullable(),
  shippingAddress1: lineSchema.nullable(),
  shippingAddress2: lineSchema.nullable(),
  shippingCity: lineSchema.nullable(),
  shippingState: lineSchema.nullable(),
  shippingPostalCode: lineSchema.nullable(),
  shippingCountry: countrySchema.nullable(),
  /** The file's text, only when it could not be read as a country. */
  shippingCountryRaw: lineSchema.nullable(),
  shippingPhone: lineSchema.nullable(),
  deliveryNotes: textSchema.nullable(),
  /** Null: the file has no columns for items. Empty: the pledge has none. */
  items: z.array(pledgeItemSchema).nullable(),
  /** Columns that no mapping knows: header to cell text. */
  extra: z.record(z.string(), textSchema).nullable(),
});

export type PledgeRecord = z.infer<typeof pledgeSchema>;
