import type { Field, FieldValues } from '../fields/fields.js';

/** The read cells of one row; null where the cell is blank or the file has no such column. */
export type RowFields = { -readonly [F in Field]: FieldValues[F] | null };

/** A row with nothing read yet. */
export function emptyRowFields(): RowFields {
  return {
    externalId: null,
    originPlatform: null,
    originExternalId: null,
    backerExternalId: null,
    backerName: null,
    firstName: null,
    lastName: null,
    email: null,
    billingState: null,
    billingCountry: null,
    status: null,
    amount: null,
    shippingAmount: null,
    bonusAmount: null,
    currency: null,
    pledgedAt: null,
    fulfillment: null,
    notes: null,
    rewardId: null,
    rewardTitle: null,
    rewardPrice: null,
    productSku: null,
    productName: null,
    productPrice: null,
    quantity: null,
    surveyAnsweredAt: null,
    shippingName: null,
    shippingAddress1: null,
    shippingAddress2: null,
    shippingCity: null,
    shippingState: null,
    shippingPostalCode: null,
    shippingCountry: null,
    shippingPhone: null,
    deliveryNotes: null,
  };
}
