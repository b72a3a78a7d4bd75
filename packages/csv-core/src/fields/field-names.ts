import type { Field } from './fields.js';

/** Names of a field's column in plain English, separated by `;`. `a|b` stands for both. */
interface FieldNames {
  readonly usual: string;
  /** Names that often mean something else. */
  readonly weaker?: string;
}

/** `City` alone, `Ship-to City`, `Recipient City`. */
const place = (names: string) =>
  names
    .split('; ')
    .map((name) => `${name}; shipping|recipient ${name}`)
    .join('; ');

/**
 * What columns are called, beside the headers of the platforms. Words of other languages and English words of one
 * meaning (`tier` is `reward`) are translated by `suggest/foreign-words.ts` before names are compared, so each name stands
 * here once.
 */
export const FIELD_NAMES: { readonly [F in Field]: FieldNames } = {
  externalId: {
    usual:
      'order|pledge|transaction number|id|reference|code; order; backer number; reference; reference number; id; order public id; external order id',
    weaker:
      'number; billing number; payment|receipt|booking number|id; pledge; order name; external|record id; code',
  },
  // Where a pledge manager's files name the platform, its own headers say so.
  originPlatform: { usual: '' },
  originExternalId: { usual: '' },
  backerExternalId: {
    usual: 'backer|customer|user id; customer|user number; user; user name; backer external id',
    weaker: ' person|profile|contact id; backer|customer code; backer number',
  },
  backerName: {
    usual: 'name; full name; backer|customer name; backer|customer full name; backer; customer',
    weaker:
      'billing name; billing full name; user|contact|display|public name; user; contact; person; billing',
  },
  firstName: {
    usual: 'first name; backer|customer first name',
    weaker: 'billing|shipping|recipient|contact first name',
  },
  lastName: {
    usual: 'last name; backer|customer last name',
    weaker: 'billing|shipping|recipient|contact last name',
  },
  email: {
    usual: 'email; backer|customer|user|contact|billing|order email',
    weaker: 'shipping|recipient|payment|notification|profile|login email; paypal email; paypal',
  },
  billingState: { usual: 'billing state; billing state code; billing address state' },
  billingCountry: { usual: 'billing country; billing country code|name; billing address country' },
  status: {
    usual:
      'status; estado; etat; pledge|order|payment|transaction status|state|estado|etat; pledge payment status',
    weaker: 'backer|customer status; state; paid; payment',
  },
  amount: {
    usual:
      'amount; total; total amount; pledge|order|payment amount|total; total paid|price|cost|payment; total payment amount; amount paid; gross amount; pledge|order gross amount; pledge total amount; order total amount',
    weaker:
      'pledge; donation; net amount; pledge|order net amount; total spent; bonus amount; paid; pledge order|reward amount; total bonus amount; total bonus; money; usd; eur; gbp',
  },
  shippingAmount: {
    usual:
      'shipping cost|fee; shipping amount|price|total|paid; shipping; order shipping cost|amount|paid|fee',
    weaker: 'shipping net cost; shipping level subtotal',
  },
  bonusAmount: { usual: 'bonus; bonus amount|pledge; extra pledge' },
  currency: { usual: 'currency; currency code; order|payment|pledge currency' },
  pledgedAt: {
    usual:
      'date; created; created date; pledge|order|payment|transaction|funding date; order|pledge created date; pledge order date; order payment date',
    weaker:
      'paid date; order paid date; pledge start date; billing date; payment created date; submitted date; start date; subscription start date; first pledge date; since date; joined date; member since',
  },
  fulfillment: {
    usual:
      'fulfilled; fulfilled status; shipping status; order fulfilled status; reward fulfilled; product fulfilled',
    weaker: 'tracking status; fulfilled state; shipping etat',
  },
  notes: {
    usual: 'note; order|customer|backer|pledge note',
    weaker:
      'internal|private|public|staff|extra|order internal note; message; customer message; extra info; additional details; details',
  },
  rewardId: { usual: 'reward id; reward number|code', weaker: 'pledge reward id' },
  rewardTitle: {
    usual: 'reward; reward title|name; pledge reward; pledge reward name|title',
    weaker: 'reward description; package; bundle; edition; level; option; reward product; pledge product',
  },
  rewardPrice: {
    usual: 'reward price|amount|minimum|cost; pledge minimum; minimum pledge; reward minimum amount',
    weaker: 'minimum; level price; package price',
  },
  productSku: {
    usual: 'sku; product sku|code; merchant sku',
    weaker: 'product id|number; part|model number; variant sku; barcode; ean; product reference',
  },
  productName: {
    usual: 'product; product name|title; product name title',
    weaker: 'variant name; product bundle; product line; product details; goods; contents',
  },
  productPrice: {
    usual: 'unit price; price; product price|cost; product unit price; unit cost',
    weaker: 'product amount; unit amount',
  },
  quantity: {
    usual: 'quantity; product|order|unit quantity; product number quantity; order product quantity',
    weaker: 'count; copies; product count; how many; number of copies; amount of product',
  },
  surveyAnsweredAt: {
    usual: 'survey answered date; survey answered; survey date',
    weaker: 'survey; answered date',
  },
  shippingName: {
    usual:
      'recipient; recipient name; shipping name; shipping full name; recipient full name; address name; shipping address name; recipient contact; ship to; ship to name',
    weaker: 'shipping contact; attention',
  },
  shippingAddress1: {
    usual: place('address; address 1; address line 1; street; street address; street 1; line 1'),
    weaker:
      'address line; house number street; address street; full address; shipping full address; address street 1',
  },
  shippingAddress2: {
    usual: place('address 2; address line 2; street 2; line 2; unit number'),
    weaker: 'unit; building; floor; address street 2; house number; district; neighborhood',
  },
  shippingCity: { usual: place('city; address city'), weaker: 'place; city name' },
  shippingState: {
    usual: place('state; estado; state code|name; address state; address estado'),
    weaker: 'etat; area; shipping state name',
  },
  shippingPostalCode: { usual: place('zip; address zip'), weaker: 'post; code' },
  shippingCountry: {
    usual: `${place('country; country code|name; address country; address country code')}; country iso code`,
    weaker: 'iso country; shipping location iso code; full country; destination country',
  },
  shippingPhone: {
    usual: place('phone; address phone'),
    weaker: 'backer|customer|contact phone; contact number',
  },
  deliveryNotes: {
    usual: 'shipping note|instructions; recipient note|instructions; instructions',
    weaker: 'driver|courier|carrier note|instructions; special instructions',
  },
};
