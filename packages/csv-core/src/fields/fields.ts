import type { PledgeStatus } from '../schemas/pledge.js';
import type { Email } from '../values/email.js';
import type { Money } from '../values/money.js';

/** A country cell: the code, or the text when it could not be read as a country. */
export interface CountryValue {
  readonly code: string | null;
  readonly raw: string | null;
}

/** A status cell: our word and the file's. */
export interface StatusValue {
  readonly status: PledgeStatus;
  readonly raw: string;
}

/**
 * What a column can hold, by canonical field, with the type that its cells are read as.
 * A platform says which of its headers hold which field; nothing else is said twice.
 */
export interface FieldValues {
  /** The platform's own number of the pledge or order. */
  externalId: string;
  /** For pledge managers: where the pledge was made, in the file's word … */
  originPlatform: string;
  /** … and its number there. */
  originExternalId: string;
  /** The platform's own number of the person. */
  backerExternalId: string;
  backerName: string;
  firstName: string;
  lastName: string;
  email: Email;
  billingState: string;
  billingCountry: CountryValue;
  status: StatusValue;
  amount: Money;
  shippingAmount: Money;
  bonusAmount: Money;
  /** ISO 4217 code in a column of its own. */
  currency: string;
  pledgedAt: string;
  fulfillment: string;
  notes: string;
  rewardId: string;
  rewardTitle: string;
  rewardPrice: Money;
  /** One product in a row of its own, as generic files write it. */
  productSku: string;
  productName: string;
  productPrice: Money;
  quantity: number;
  surveyAnsweredAt: string;
  shippingName: string;
  shippingAddress1: string;
  shippingAddress2: string;
  shippingCity: string;
  shippingState: string;
  shippingPostalCode: string;
  shippingCountry: CountryValue;
  shippingPhone: string;
  deliveryNotes: string;
}

export type Field = keyof FieldValues;

/** Every field once. The compiler asks for a field that is added. */
const everyField: Readonly<Record<Field, true>> = {
  externalId: true,
  originPlatform: true,
  originExternalId: true,
  backerExternalId: true,
  backerName: true,
  firstName: true,
  lastName: true,
  email: true,
  billingState: true,
  billingCountry: true,
  status: true,
  amount: true,
  shippingAmount: true,
  bonusAmount: true,
  currency: true,
  pledgedAt: true,
  fulfillment: true,
  notes: true,
  rewardId: true,
  rewardTitle: true,
  rewardPrice: true,
  productSku: true,
  productName: true,
  productPrice: true,
  quantity: true,
  surveyAnsweredAt: true,
  shippingName: true,
  shippingAddress1: true,
  shippingAddress2: true,
  shippingCity: true,
  shippingState: true,
  shippingPostalCode: true,
  shippingCountry: true,
  shippingPhone: true,
  deliveryNotes: true,
};

/** Whether a word names a field. */
export function isField(word: string): word is Field {
  return Object.hasOwn(everyField, word);
}

/** The names of all fields. */
export const fieldNames: readonly Field[] = Object.keys(everyField).filter(isField);
