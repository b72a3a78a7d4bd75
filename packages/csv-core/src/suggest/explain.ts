import type { Field } from '../mapping/row-fields.js';
import type { FieldScore } from './score-column.js';

/** Fields for people, after "like". */
const LABELS: { readonly [F in Field]: string } = {
  externalId: 'an order number',
  originPlatform: 'the platform of the pledge',
  originExternalId: 'the order number on that platform',
  backerExternalId: 'a customer number',
  backerName: "the backer's name",
  firstName: 'a first name',
  lastName: 'a last name',
  email: 'an e-mail address',
  billingState: 'the state of the billing address',
  billingCountry: 'the country of the billing address',
  status: 'a payment status',
  amount: 'the amount of the order',
  shippingAmount: 'the cost of shipping',
  bonusAmount: 'a bonus',
  currency: 'a currency',
  pledgedAt: 'the date of the order',
  fulfillment: 'a shipping status',
  notes: 'a note',
  rewardId: 'the id of a reward',
  rewardTitle: 'the name of a reward',
  rewardPrice: 'the price of a reward',
  productSku: 'an SKU',
  productName: 'a product',
  productPrice: 'the price of a product',
  quantity: 'a quantity',
  surveyAnsweredAt: 'the date of the survey',
  shippingName: 'the name of the recipient',
  shippingAddress1: 'a street address',
  shippingAddress2: 'a second line of an address',
  shippingCity: 'a city',
  shippingState: 'a state or province',
  shippingPostalCode: 'a postal code',
  shippingCountry: 'a country',
  shippingPhone: 'a phone number',
  deliveryNotes: 'a note for the carrier',
};

/** Why a column is suggested for a field, for people: `named like an e-mail address, and 98 of 100 cells are …`. */
export function explainField({ field, name, fit, evidence }: FieldScore): string {
  if (name === null) return evidence ?? 'its cells look like it';
  const named = sayName(field, name.how);
  if (evidence === null || fit === 0) return named;
  return `${named}, ${fit > 0 ? 'and' : 'but'} ${evidence}`;
}

/** Why a column is not suggested for the field that it is most like. */
export function explainRefusal({ field, name, fit, evidence }: FieldScore, taker: string | null): string {
  const like = name === null ? `might be ${LABELS[field]}` : sayName(field, name.how);
  if (taker !== null) return `${like}, but "${taker}" fits better`;
  if (fit >= 0) return `${like}, but too little speaks for it`;
  return `${like}, but ${evidence ?? 'its cells do not look like it'}`;
}

function sayName(field: Field, how: 'same' | 'similar' | 'misspelled'): string {
  if (how === 'same') return `named like ${LABELS[field]}`;
  return how === 'similar'
    ? `the name resembles that of ${LABELS[field]}`
    : `named like ${LABELS[field]}, but for its spelling`;
}
