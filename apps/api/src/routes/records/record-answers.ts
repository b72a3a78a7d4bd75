import { productKindSchema } from '@pledgeline/csv-core/map';
import { maxExpandedPledges } from '@pledgeline/db';
import { z } from 'zod';
import {
  amount,
  count,
  country,
  currency,
  id,
  instant,
  ordinal,
  shownStatus,
} from '../../contract/values.js';

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
    status: shownStatus,
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
    onHand: count.nullable().meta({ description: 'As the merchant has set it; null while unknown.' }),
    committed: count.meta({ description: 'Units in pledges that are collected, pending or errored.' }),
    unpaid: count.nullable().meta({
      description:
        'Those of them in pledges that are pending or errored. Null until an upload to the campaign ends.',
    }),
    updatedAt: instant,
    product: z.strictObject({ kind: productKindSchema, key: z.string(), name: text, sku: text }),
    available: count.nullable().meta({ description: '`onHand` without `committed`; 0 when that is more.' }),
    short: count.nullable().meta({ description: 'By how many units `committed` is more than `onHand`.' }),
  })
  .meta({ id: 'Inventory' });

const expanded = 'Only where it was asked for.';

/** A pledge with its backer and survey. */
export const expandedPledge = pledge
  .extend({
    backer: backer.nullable().optional(),
    survey: survey.nullable().optional(),
  })
  .meta({ id: 'ExpandedPledge', description: `A pledge. \`backer\` and \`survey\`: ${expanded}` });

/** A backer with their pledges. */
export const expandedBacker = backer
  .extend({
    pledges: z
      .array(pledge)
      .optional()
      .meta({
        description: `The first ${maxExpandedPledges} of the backer by id. ${expanded}`,
      }),
  })
  .meta({ id: 'ExpandedBacker' });

/** A survey with its pledge. */
export const expandedSurvey = survey
  .extend({ pledge: pledge.nullable().optional() })
  .meta({ id: 'ExpandedSurvey', description: `A survey. \`pledge\`: ${expanded}` });
