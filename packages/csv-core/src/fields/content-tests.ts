import type { CellTrait, ColumnProfile } from './column-profile.js';
import type { Field } from './fields.js';

/** What a field's cells look like. */
export interface FieldContent {
  readonly judge: (profile: ColumnProfile) => number;
  /** What to tell people of the cells. */
  readonly tell?: (profile: ColumnProfile) => string;
  /** 0 to 1: how sure the field is when the name tells nothing and the cells suit it perfectly. */
  readonly carry: number;
}

type Judge = FieldContent['judge'];

/** Rises from -1, where the share is `low` or less, to 1, where it is 0.9 or more. */
function rise(share: number, low: number): number {
  return Math.max(-1, Math.min(1, ((share - low) / (0.9 - low)) * 2 - 1));
}

/** The cells must have the trait. */
const must =
  (trait: CellTrait, low = 0.1): Judge =>
  ({ share }) =>
    rise(share(trait), low);

const clamp = (fit: number) => Math.max(-1, Math.min(1, fit));

/** Share of cells that are something with a shape of its own, and so no text of people. */
const shaped = ({ share }: ColumnProfile) =>
  share('email') +
  share('date') +
  share('price') +
  share('link') +
  Math.max(0, share('yesNo') - share('count'));

const identifier: Judge = (profile) => {
  const { share, distinct, filled } = profile;
  if (shaped(profile) > 0.2 || share('longText') > 0.1) return -1;
  if (share('personName') > 0.5) return -0.6;
  const uniqueness = distinct / Math.max(filled, 1);
  const looks = Math.max(share('code'), share('number'));
  const isConstant = filled > 20 && uniqueness < 0.05;
  return clamp(looks * 0.6 + (uniqueness > 0.98 ? 0.4 : isConstant ? -0.8 : -0.1));
};

const uniqueIdentifier: Judge = (profile) => {
  const { distinct, filled, rows } = profile;
  const looks = identifier(profile);
  return looks > 0 && (distinct < filled || filled < rows) ? looks * 0.6 : looks;
};

const money: Judge = ({ share }) => {
  const fit = rise(share('money'), 0.4);
  // Whole numbers may be counts or ids as well.
  return fit > 0 ? fit * (0.4 + 0.6 * share('price')) : fit;
};

const person: Judge = (profile) => {
  const { share } = profile;
  if (shaped(profile) > 0.3 || share('code') + share('street') > 0.5) return -1;
  return clamp(share('personName') * 1.1 - (share('country') + share('statusWord')) * 1.2);
};

const oneName: Judge = (profile) => {
  const { share } = profile;
  if (shaped(profile) > 0.3 || share('code') + share('street') > 0.5) return -1;
  return clamp(share('word') - share('personName') * 0.5 - (share('country') + share('statusWord')) * 1.2);
};

/** Names of places and things, without a look of their own. */
const words: Judge = (profile) => {
  const { share } = profile;
  if (shaped(profile) > 0.3) return -1;
  return clamp(0.3 - share('number') * 1.3 - share('longText') * 0.5 - share('statusWord') * 0.5);
};

const state: Judge = (profile) => {
  const { share } = profile;
  return clamp(words(profile) + share('word') * 0.4 - share('street') - share('fulfillmentWord'));
};

const street: Judge = (profile) => {
  const { share } = profile;
  if (shaped(profile) > 0.3 || share('number') > 0.5 || share('statusWord') > 0.3) return -1;
  return clamp(share('street') * 1.2 - share('country'));
};

const anyText: Judge = (profile) => {
  const { share } = profile;
  if (share('email') + share('price') + share('date') > 0.6) return -1;
  return clamp(share('longText') * 0.5 - share('count') * 0.7);
};

const title: Judge = (profile) => {
  const { share } = profile;
  if (shaped(profile) > 0.5) return -1;
  return clamp(0.3 - share('number') * 0.9 - share('statusWord') - share('country') * 0.5);
};

const sku: Judge = (profile) => {
  const { share } = profile;
  if (share('email') + share('date') + share('price') + share('longText') > 0.3) return -1;
  return clamp(share('code') * 0.6 - share('count') * 0.5 - share('personName') * 0.3);
};

const status: Judge = (profile) => {
  const { share, distinct, filled } = profile;
  const known = share('statusWord');
  if (known < 0.3 && (shaped(profile) > 0.5 || share('number') > 0.3 || share('longText') > 0.3)) return -1;
  const isVaried = filled > 5 && distinct > filled * 0.7;
  return clamp(
    rise(known, 0) * 0.5 + 0.5 - share('fulfillmentWord') - share('country') - (isVaried ? 0.7 : 0),
  );
};

const fulfillment: Judge = (profile) => {
  const { share } = profile;
  const known = Math.max(share('fulfillmentWord'), share('yesNo') * 0.7);
  if (known < 0.3 && (shaped(profile) > 0.5 || share('number') > 0.3 || share('longText') > 0.3)) return -1;
  return clamp(known - share('statusWord') * 0.3);
};

const quantity: Judge = ({ share }) => {
  const fit = rise(share('count'), 0.4);
  return fit > 0 ? fit * 0.6 : fit;
};

const phone: Judge = ({ share }) => rise(share('phone'), 0.2);

const postalCode: Judge = ({ share }) => {
  const fit = rise(share('postalCode'), 0.2);
  return fit > 0 ? fit * 0.8 : fit;
};

/** `98 of 100 cells are countries`. */
function tally(trait: CellTrait, singular: string, plural: string): (profile: ColumnProfile) => string {
  return ({ filled, count }) =>
    `${count(trait)} of ${filled} ${filled === 1 ? 'cell' : 'cells'} ${count(trait) === 1 ? `is ${singular}` : `are ${plural}`}`;
}

function tellDistinct({ filled, distinct, rows }: ColumnProfile): string {
  const differ = distinct < filled ? `${distinct} of ${filled} cells differ` : `all ${filled} cells differ`;
  const blank = rows - filled;
  return `${filled === 1 ? 'one cell is filled' : differ}${blank === 0 ? '' : `, ${blank} more ${blank === 1 ? 'is' : 'are'} blank`}`;
}

const dates = { judge: must('date', 0.2), tell: tally('date', 'a date', 'dates') } as const;
const amounts = { judge: money, tell: tally('money', 'an amount of money', 'amounts of money') } as const;
const countries = { judge: must('country'), tell: tally('country', 'a country', 'countries') } as const;
const people = {
  judge: person,
  tell: tally('personName', 'the name of a person', 'names of people'),
} as const;

/** What is asked of the cells. The compiler asks for an entry when a field is added. */
export const CONTENTS: { readonly [F in Field]: FieldContent } = {
  externalId: { judge: uniqueIdentifier, tell: tellDistinct, carry: 0.5 },
  originPlatform: { judge: words, carry: 0 },
  originExternalId: { judge: identifier, carry: 0 },
  backerExternalId: { judge: identifier, carry: 0 },
  backerName: { ...people, carry: 0.5 },
  firstName: { judge: oneName, carry: 0 },
  lastName: { judge: oneName, carry: 0 },
  email: {
    judge: must('email', 0.2),
    tell: tally('email', 'an e-mail address', 'e-mail addresses'),
    carry: 0.95,
  },
  billingState: { judge: state, carry: 0 },
  billingCountry: { ...countries, carry: 0 },
  status: { judge: status, tell: tally('statusWord', 'a payment status', 'payment statuses'), carry: 0.65 },
  amount: { ...amounts, carry: 0.55 },
  shippingAmount: { ...amounts, carry: 0 },
  bonusAmount: { ...amounts, carry: 0 },
  currency: { judge: must('currency'), tell: tally('currency', 'a currency', 'currencies'), carry: 0.75 },
  pledgedAt: { ...dates, carry: 0.6 },
  fulfillment: {
    judge: fulfillment,
    tell: tally('fulfillmentWord', 'a shipping status', 'shipping statuses'),
    carry: 0.5,
  },
  notes: { judge: anyText, carry: 0 },
  rewardId: { judge: sku, carry: 0 },
  rewardTitle: { judge: title, carry: 0 },
  rewardPrice: { ...amounts, carry: 0 },
  productSku: { judge: sku, carry: 0 },
  productName: { judge: title, carry: 0 },
  productPrice: { ...amounts, carry: 0 },
  quantity: {
    judge: quantity,
    tell: tally('count', 'a small whole number', 'small whole numbers'),
    carry: 0,
  },
  surveyAnsweredAt: { ...dates, carry: 0 },
  shippingName: { ...people, carry: 0 },
  shippingAddress1: {
    judge: street,
    tell: tally('street', 'a street with a number', 'streets with a number'),
    carry: 0.5,
  },
  shippingAddress2: { judge: anyText, carry: 0 },
  shippingCity: { judge: words, carry: 0 },
  shippingState: { judge: state, carry: 0 },
  shippingPostalCode: {
    judge: postalCode,
    tell: tally('postalCode', 'a postal code', 'postal codes'),
    carry: 0.35,
  },
  shippingCountry: { ...countries, carry: 0.7 },
  shippingPhone: { judge: phone, tell: tally('phone', 'a phone number', 'phone numbers'), carry: 0.5 },
  deliveryNotes: { judge: anyText, carry: 0 },
};
