import { pledgeStatusSchema, productKindSchema } from '@pledgeline/csv-core';
import { z } from 'zod';
import { amount, count, country, currency, id, instant, ordinal } from '../../contract/values.js';

const text = z.string().nullable();
const written = { createdAt: instant, updatedAt: instant };

/** A person who pledged, in one campaign. */
export const backer = z
  .strictObject({
    id,
    identity: z.string().meta({ description: 'The e-mail address, else the platform and its id.' }),
    email: text,
    name: text,
    billingState: text,
    billingCountry: country.nullable(),
    billingCountryRaw: text.meta({ description: 'The text of the file, where it is no country.' }),
    ...written,
  })
  .meta({ id: 'Backer' });

/** What a pledge can contain. */
export const product = z
  .strictObject({
    id,
    kind: productKindSchema,
    key: z.string(),
    name: z.string().nullable(),
    sku: text,
    price: amount.nullable(),
    currency: currency.nullable(),
    ...written,
  })
  .meta({ id: 'Product' });

const namedProduct = z.strictObject({
  id,
  kind: productKindSchema,
  key: z.string(),
  name: z.string().nullable(),
});

/** One backing or order, with its items. */
export const pledge = z
  .strictObject({
    id,
    backerId: id,
    platform: z.string(),
    externalId: z.string(),
    status: pledgeStatusSchema,
    statusRaw: text.meta({ description: 'As the file writes it.' }),
    amount: amount.nullable(),
    shippingAmount: amount.nullable(),
    bonusAmount: amount.nullable(),
    currency: currency.nullable(),
    pledgedAt: instant.nullable(),
    fulfillment: text,
    notes: text,
    shippingName: text,
    shippingAddress1: text,
    shippingAddress2: text,
    shippingCity: text,
    shippingState: text,
    shippingPostalCode: text,
    shippingCountry: country.nullable(),
    shippingCountryRaw: text.meta({ description: 'The text of the file, where it is no country.' }),
    shippingPhone: text,
    deliveryNotes: text,
    extra: z
      .record(z.string(), text)
      .nullable()
      .meta({ description: 'Cells of columns without a field, by header.' }),
    items: z.array(
      z.strictObject({ quantity: ordinal, unitPrice: amount.nullable(), product: namedProduct }),
    ),
    ...written,
  })
  .meta({ id: 'Pledge' });

/** A backer's answers for one pledge. */
export const survey = z
  .strictObject({
    pledgeId: id,
    answeredAt: instant.nullable(),
    answers: z.array(z.strictObject({ position: count, question: z.string(), answer: z.string() })),
    ...written,
  })
  .meta({ id: 'Survey' });

/** Units of a product that pledges need, and that are there. */
export const inventory = z
  .strictObject({
    productId: id,
    onHand: count.nullable(),
    committed: count.meta({ description: 'Units in pledges that are collected, pending or errored.' }),
    updatedAt: instant,
    product: z.strictObject({ kind: productKindSchema, key: z.string(), name: text, sku: text }),
  })
  .meta({ id: 'Inventory' });
