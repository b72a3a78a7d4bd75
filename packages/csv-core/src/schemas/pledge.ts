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

/** The payment status of a pledge, the same words for every platform. */
export const pledgeStatusSchema = z.enum([
  'COLLECTED',
  'PENDING',
  'ERRORED',
  'DROPPED',
  'CANCELED',
  'REFUNDED',
]);

export type PledgeStatus = z.infer<typeof pledgeStatusSchema>;

/** Statuses whose units are owed to the backer, now or once a failed payment is repaired. */
export const committedStatuses: readonly PledgeStatus[] = ['COLLECTED', 'PENDING', 'ERRORED'];

/** Those of {@link committedStatuses} that are not paid yet. */
export const unpaidStatuses: readonly PledgeStatus[] = ['PENDING', 'ERRORED'];

/** The status of a pledge when no file has one: lists that people keep by hand contain collected pledges. */
export const assumedStatus: PledgeStatus = 'COLLECTED';

/** How many units of one product a pledge has. */
export const pledgeItemSchema = z.object({
  kind: productKindSchema,
  productKey: keySchema,
  quantity: z.int().min(1).max(1_000_000_000),
  unitPrice: amountSchema.nullable(),
});

export type PledgeItemRecord = z.infer<typeof pledgeItemSchema>;

/**
 * Most products of one pledge. The largest real orders have some hundreds; each one more takes memory and time in every list of
 * pledges.
 */
export const maxPledgeItems = 1_000;

/** One backing or order of a backer, with its items. Null means that the file has no value. */
export const pledgeSchema = z.object({
  /** Where the pledge was made; with `externalId` the natural key inside a campaign. */
  platform: keySchema,
  externalId: keySchema,
  /** Null: the file has no status, so the pledge counts as collected until another file has one. */
  status: pledgeStatusSchema.nullable(),
  /** The status as the file writes it. */
  statusRaw: lineSchema.nullable(),
  amount: amountSchema.nullable(),
  shippingAmount: amountSchema.nullable(),
  bonusAmount: amountSchema.nullable(),
  /** The currency of all amounts of the pledge. */
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
  items: z.array(pledgeItemSchema).max(maxPledgeItems).nullable(),
  /** Cells of columns without a field: header to text. */
  extra: z.record(z.string(), textSchema).nullable(),
});

export type PledgeRecord = z.infer<typeof pledgeSchema>;
