import type { CellTrait, ColumnProfile } from './column-profile.js';

/** Tests whether the cells of a column look like those of a field. */
export interface ContentTest {
  /** From -1 (the cells cannot belong to the field) over 0 (they may) to 1 (they look exactly like it). */
  readonly judge: (profile: ColumnProfile) => number;
  /** Describes the cells for people. */
  readonly describe?: (profile: ColumnProfile) => string;
}

type Judge = ContentTest['judge'];

/** Rises evenly from -1 for a share of `low` or less to 1 for a share of 0.9 or more. */
function rise(share: number, low: number): number {
  return Math.max(-1, Math.min(1, ((share - low) / (0.9 - low)) * 2 - 1));
}

/** Judges by the share of cells with the trait. */
const judgeShare =
  (trait: CellTrait, low = 0.1): Judge =>
  ({ share }) =>
    rise(share(trait), low);

const clamp = (fit: number) => Math.max(-1, Math.min(1, fit));

/** The share of cells with a recognisable notation, which are therefore not names or other words. */
const shaped = ({ share }: ColumnProfile) =>
  share('email') +
  share('date') +
  share('price') +
  share('link') +
  Math.max(0, share('yesNo') - share('count'));

const judgeIdentifier: Judge = (profile) => {
  const { share, distinct, filled } = profile;
  if (shaped(profile) > 0.2 || share('longText') > 0.1) return -1;
  if (share('personName') > 0.5) return -0.6;
  const uniqueness = distinct / Math.max(filled, 1);
  const looks = Math.max(share('code'), share('number'));
  const isConstant = filled > 20 && uniqueness < 0.05;
  return clamp(looks * 0.6 + (uniqueness > 0.98 ? 0.4 : isConstant ? -0.8 : -0.1));
};

const judgeOrderNumber: Judge = (profile) => {
  const { distinct, filled, rows } = profile;
  const looks = judgeIdentifier(profile);
  return looks > 0 && (distinct < filled || filled < rows) ? looks * 0.6 : looks;
};

const judgeMoney: Judge = ({ share }) => {
  const fit = rise(share('money'), 0.4);
  // Whole numbers may also be counts or ids.
  return fit > 0 ? fit * (0.4 + 0.6 * share('price')) : fit;
};

const judgePerson: Judge = (profile) => {
  const { share } = profile;
  if (shaped(profile) > 0.3 || share('code') + share('street') > 0.5) return -1;
  return clamp(share('personName') * 1.1 - (share('country') + share('statusWord')) * 1.2);
};

const judgeOneName: Judge = (profile) => {
  const { share } = profile;
  if (shaped(profile) > 0.3 || share('code') + share('street') > 0.5) return -1;
  return clamp(share('word') - share('personName') * 0.5 - (share('country') + share('statusWord')) * 1.2);
};

/** For names of places and things, which have no notation of their own. */
const judgeWords: Judge = (profile) => {
  const { share } = profile;
  if (shaped(profile) > 0.3) return -1;
  return clamp(0.3 - share('number') * 1.3 - share('longText') * 0.5 - share('statusWord') * 0.5);
};

const judgeState: Judge = (profile) => {
  const { share } = profile;
  return clamp(judgeWords(profile) + share('word') * 0.4 - share('street') - share('fulfillmentWord'));
};

const judgeStreet: Judge = (profile) => {
  const { share } = profile;
  if (shaped(profile) > 0.3 || share('number') > 0.5 || share('statusWord') > 0.3) return -1;
  return clamp(share('street') * 1.2 - share('country'));
};

const judgeText: Judge = (profile) => {
  const { share } = profile;
  if (share('email') + share('price') + share('date') > 0.6) return -1;
  return clamp(share('longText') * 0.5 - share('count') * 0.7);
};

const judgeTitle: Judge = (profile) => {
  const { share } = profile;
  if (shaped(profile) > 0.5) return -1;
  return clamp(0.3 - share('number') * 0.9 - share('statusWord') - share('country') * 0.5);
};

const judgeSku: Judge = (profile) => {
  const { share } = profile;
  if (share('email') + share('date') + share('price') + share('longText') > 0.3) return -1;
  return clamp(share('code') * 0.6 - share('count') * 0.5 - share('personName') * 0.3);
};

const judgeStatus: Judge = (profile) => {
  const { share, distinct, filled } = profile;
  const known = share('statusWord');
  if (known < 0.3 && (shaped(profile) > 0.5 || share('number') > 0.3 || share('longText') > 0.3)) return -1;
  const isVaried = filled > 5 && distinct > filled * 0.7;
  return clamp(
    rise(known, 0) * 0.5 + 0.5 - share('fulfillmentWord') - share('country') - (isVaried ? 0.7 : 0),
  );
};

const judgeFulfillment: Judge = (profile) => {
  const { share } = profile;
  const known = Math.max(share('fulfillmentWord'), share('yesNo') * 0.7);
  if (known < 0.3 && (shaped(profile) > 0.5 || share('number') > 0.3 || share('longText') > 0.3)) return -1;
  return clamp(known - share('statusWord') * 0.3);
};

const judgeQuantity: Judge = ({ share }) => {
  const fit = rise(share('count'), 0.4);
  return fit > 0 ? fit * 0.6 : fit;
};

const judgePhone: Judge = ({ share }) => rise(share('phone'), 0.2);

const judgePostalCode: Judge = ({ share }) => {
  const fit = rise(share('postalCode'), 0.2);
  return fit > 0 ? fit * 0.8 : fit;
};

/** Describes the cells with a trait, such as `98 of 100 cells are countries`. */
function tally(trait: CellTrait, singular: string, plural: string): (profile: ColumnProfile) => string {
  return ({ filled, count }) =>
    `${count(trait)} of ${filled} ${filled === 1 ? 'cell' : 'cells'} ${count(trait) === 1 ? `is ${singular}` : `are ${plural}`}`;
}

function describeDistinct({ filled, distinct, rows }: ColumnProfile): string {
  const differ = distinct < filled ? `${distinct} of ${filled} cells differ` : `all ${filled} cells differ`;
  const blank = rows - filled;
  return `${filled === 1 ? 'one cell is filled' : differ}${blank === 0 ? '' : `, ${blank} more ${blank === 1 ? 'is' : 'are'} blank`}`;
}

export const orderNumbers: ContentTest = { judge: judgeOrderNumber, describe: describeDistinct };
export const identifiers: ContentTest = { judge: judgeIdentifier };
export const skus: ContentTest = { judge: judgeSku };
export const titles: ContentTest = { judge: judgeTitle };
export const people: ContentTest = {
  judge: judgePerson,
  describe: tally('personName', 'the name of a person', 'names of people'),
};
/** First names alone, or last names alone. */
export const singleNames: ContentTest = { judge: judgeOneName };
export const emails: ContentTest = {
  judge: judgeShare('email', 0.2),
  describe: tally('email', 'an e-mail address', 'e-mail addresses'),
};
export const phones: ContentTest = {
  judge: judgePhone,
  describe: tally('phone', 'a phone number', 'phone numbers'),
};
export const amounts: ContentTest = {
  judge: judgeMoney,
  describe: tally('money', 'an amount of money', 'amounts of money'),
};
export const currencies: ContentTest = {
  judge: judgeShare('currency'),
  describe: tally('currency', 'a currency', 'currencies'),
};
export const dates: ContentTest = {
  judge: judgeShare('date', 0.2),
  describe: tally('date', 'a date', 'dates'),
};
/** Dates, or yes and no. */
export const events: ContentTest = {
  judge: ({ share }) => rise(Math.max(share('date'), share('yesNo')), 0.2),
  describe: ({ filled, count }) =>
    `${Math.max(count('date'), count('yesNo'))} of ${filled} ${filled === 1 ? 'cell' : 'cells'} ${count('date') > 0 ? 'are dates' : 'say yes or no'}`,
};
export const quantities: ContentTest = {
  judge: judgeQuantity,
  describe: tally('count', 'a small whole number', 'small whole numbers'),
};
export const paymentStatuses: ContentTest = {
  judge: judgeStatus,
  describe: tally('statusWord', 'a payment status', 'payment statuses'),
};
export const shippingStatuses: ContentTest = {
  judge: judgeFulfillment,
  describe: tally('fulfillmentWord', 'a shipping status', 'shipping statuses'),
};
export const streets: ContentTest = {
  judge: judgeStreet,
  describe: tally('street', 'a street with a number', 'streets with a number'),
};
export const postalCodes: ContentTest = {
  judge: judgePostalCode,
  describe: tally('postalCode', 'a postal code', 'postal codes'),
};
export const states: ContentTest = { judge: judgeState };
export const countries: ContentTest = {
  judge: judgeShare('country'),
  describe: tally('country', 'a country', 'countries'),
};
/** Names of places and things, which have no notation of their own. */
export const placeNames: ContentTest = { judge: judgeWords };
export const texts: ContentTest = { judge: judgeText };
