import * as z from 'zod/mini';
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
  quantity: z.int().check(z.minimum(1), z.maximum(1_000_000_000)),
  unitPrice: z.nullable(amountSchema),
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
  status: z.nullable(pledgeStatusSchema),
  /** The status as the file writes it. */
  statusRaw: z.nullable(lineSchema),
  amount: z.nullable(amountSchema),
  shippingAmount: z.nullable(amountSchema),
  bonusAmount: z.nullable(amountSchema),
  /** The currency of all amounts of the pledge. */
  currency: z.nullable(currencySchema),
  pledgedAt: z.nullable(instantSchema),
  fulfillment: z.nullable(lineSchema),
  notes: z.nullable(textSchema),
  shippingName: z.nullable(lineSchema),
  shippingAddress1: z.nullable(lineSchema),
  shippingAddress2: z.nullable(lineSchema),
  shippingCity: z.nullable(lineSchema),
  shippingState: z.nullable(lineSchema),
  shippingPostalCode: z.nullable(lineSchema),
  shippingCountry: z.nullable(countrySchema),
  /** The file's text, only when it could not be read as a country. */
  shippingCountryRaw: z.nullable(lineSchema),
  shippingPhone: z.nullable(lineSchema),
  deliveryNotes: z.nullable(textSchema),
  /** Null: the file has no columns for items. Empty: the pledge has none. */
  items: z.nullable(z.array(pledgeItemSchema).check(z.maxLength(maxPledgeItems))),
  /** Cells of columns without a field: header to text. */
  extra: z.nullable(z.record(z.string(), textSchema)),
});

export type PledgeRecord = z.infer<typeof pledgeSchema>;
