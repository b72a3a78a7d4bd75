import {
  amounts,
  countries,
  currencies,
  dates,
  emails,
  events,
  identifiers,
  orderNumbers,
  paymentStatuses,
  people,
  phones,
  placeNames,
  postalCodes,
  quantities,
  shippingStatuses,
  singleNames,
  skus,
  states,
  streets,
  texts,
  titles,
} from './content-tests.js';
import type { FieldDefinition } from './field-definition.js';
import {
  code,
  country,
  currency,
  dateTime,
  email,
  event,
  identifier,
  line,
  money,
  phone,
  quantity,
  status,
  text,
} from './field-kinds.js';

/** Each name alone (`City`), and after `shipping` and `recipient` (`Ship-to City`, `Recipient City`). */
const place = (names: string) =>
  names
    .split('; ')
    .map((name) => `${name}; shipping|recipient ${name}`)
    .join('; ');

/**
 * The definitions of all canonical fields. All code that lists, reads, suggests or explains fields uses this table. A
 * new field that pledges store is also needed in `schemas/pledge.ts` (a test fails without it) and in
 * `mapping/build-record.ts` (the compiler fails without it).
 */
export const fieldTable = {
  /** The platform's own number of the pledge or order. */
  externalId: {
    kind: identifier,
    part: 'key',
    required: true,
    label: 'an order number',
    names: {
      usual:
        'order|pledge|transaction|bonus|billing number|id|reference|code; so number; order; backer number; reference; reference number; id; order public id; external order id',
      weaker: 'number; payment|receipt number|id; pledge; order name; external|record id; code',
    },
    cells: orderNumbers,
    carry: 0.5,
  },
  /** In files of pledge managers: the platform where the pledge was made, as the file writes it … */
  originPlatform: {
    kind: line,
    part: 'key',
    label: 'the platform of the pledge',
    // Only the listed headers of pledge managers mean this field.
    names: { usual: '' },
    cells: placeNames,
  },
  /** … and the number of the pledge there. */
  originExternalId: {
    kind: identifier,
    part: 'key',
    label: 'the order number on that platform',
    names: { usual: '' },
    cells: identifiers,
  },
  /** The platform's own number of the person. */
  backerExternalId: {
    kind: identifier,
    part: 'backer',
    standsInFor: 'email',
    label: 'a customer number',
    names: {
      usual: 'backer|customer|user id; customer|user number; user; user name; backer external id',
      weaker: ' person|profile|contact id; backer|customer code; backer number',
    },
    cells: identifiers,
  },
  backerName: {
    kind: line,
    part: 'backer',
    label: "the backer's name",
    names: {
      usual: 'name; full name; backer|customer name; backer|customer full name; backer; customer',
      weaker:
        'billing name; billing full name; user|contact|display|public name; user; contact; person; billing',
    },
    cells: people,
    carry: 0.5,
  },
  firstName: {
    kind: line,
    part: 'backer',
    label: 'a first name',
    names: {
      usual: 'first name; backer|customer first name',
      weaker: 'billing|shipping|recipient|contact first name',
    },
    cells: singleNames,
  },
  lastName: {
    kind: line,
    part: 'backer',
    label: 'a last name',
    names: {
      usual: 'last name; backer|customer last name',
      weaker: 'billing|shipping|recipient|contact last name',
    },
    cells: singleNames,
  },
  email: {
    kind: email,
    part: 'backer',
    required: true,
    label: 'an e-mail address',
    names: {
      usual: 'email; backer|customer|user|contact|billing|order email',
      weaker: 'shipping|recipient|payment|notification|profile|login email; paypal email; paypal',
    },
    cells: emails,
    carry: 0.95,
  },
  billingState: {
    kind: line,
    part: 'backer',
    label: 'the state of the billing address',
    names: { usual: 'billing state; billing state code; billing address state' },
    cells: states,
  },
  billingCountry: {
    kind: country,
    part: 'backer',
    label: 'the country of the billing address',
    names: { usual: 'billing country; billing country code|name; billing address country' },
    cells: countries,
  },
  status: {
    kind: status,
    part: 'pledge',
    label: 'a payment status',
    names: {
      usual:
        'status; estado; etat; pledge|order|payment|transaction status|state|estado|etat; pledge payment status',
      weaker: 'backer|customer status; state; paid; payment',
    },
    cells: paymentStatuses,
    carry: 0.65,
  },
  amount: {
    kind: money,
    part: 'pledge',
    label: 'the amount of the order',
    names: {
      usual:
        'amount; total; total amount; pledge|order|payment amount|total; total paid|price|cost|payment; total payment amount; amount paid; gross amount; pledge|order gross amount|total; total gross; gross price; bonus order total; pledge total amount; order total amount',
      weaker:
        'pledge; donation; gift amount; net amount|total; total net; billing total|amount; pledge|order net amount; total spent; bonus amount; paid; pledge order|reward amount; total bonus amount; total bonus; money; usd; eur; gbp',
    },
    cells: amounts,
    carry: 0.55,
  },
  shippingAmount: {
    kind: money,
    part: 'pledge',
    label: 'the cost of shipping',
    names: {
      usual:
        'shipping cost|fee; shipping amount|price|total|paid; shipping; order shipping cost|amount|paid|fee',
      weaker: 'shipping net cost; shipping level subtotal',
    },
    cells: amounts,
  },
  bonusAmount: {
    kind: money,
    part: 'pledge',
    label: 'a bonus',
    names: { usual: 'bonus; bonus amount|pledge; extra pledge' },
    cells: amounts,
  },
  /** The ISO 4217 code in a currency column. */
  currency: {
    kind: currency,
    part: 'pledge',
    label: 'a currency',
    names: { usual: 'currency; currency code; order|payment|pledge currency' },
    cells: currencies,
    carry: 0.75,
  },
  pledgedAt: {
    kind: dateTime,
    part: 'pledge',
    label: 'the date of the order',
    names: {
      usual:
        'date; created; created date; pledge|order|payment|transaction|funding date; order|pledge created date; pledge order date; order payment date',
      weaker:
        'paid date; order paid date; pledge start date; billing date; payment created date; submitted date; start date; subscription start date; first pledge date; since date; joined date; member since',
    },
    cells: dates,
    carry: 0.6,
  },
  /** What was paid back: all of the amount, or a part of it. */
  refundedAmount: {
    kind: money,
    part: 'reversal',
    label: 'the amount paid back',
    names: {
      usual: 'refund amount|total; total refund amount; order|payment|transaction refund amount; refund',
    },
    cells: amounts,
  },
  /** The date or a yes where the whole pledge was paid back. */
  refundedAt: {
    kind: event,
    part: 'reversal',
    label: 'a refund',
    names: { usual: 'refund date; refunded; fully refunded; is refund; order|payment refund date' },
    cells: events,
  },
  /** The date or a yes where the pledge was canceled. */
  canceledAt: {
    kind: event,
    part: 'reversal',
    label: 'a cancellation',
    names: {
      usual:
        'cancel date; canceled; is cancel; order|pledge|payment cancel date; order|pledge cancel; cancel',
    },
    cells: events,
  },
  fulfillment: {
    kind: line,
    part: 'pledge',
    label: 'a shipping status',
    names: {
      usual:
        'fulfilled; fulfilled status; shipping status; order fulfilled status; reward fulfilled; product fulfilled',
      weaker: 'tracking status; fulfilled state; shipping etat',
    },
    cells: shippingStatuses,
    carry: 0.5,
  },
  notes: {
    kind: text,
    part: 'pledge',
    label: 'a note',
    names: {
      usual: 'note; order|customer|backer|pledge note',
      weaker:
        'internal|private|public|staff|extra|order internal note; message; customer message; extra info; additional details; details',
    },
    cells: texts,
  },
  rewardId: {
    kind: identifier,
    part: 'reward',
    label: 'the id of a reward',
    names: { usual: 'reward id; reward number|code', weaker: 'pledge reward id' },
    cells: skus,
  },
  rewardTitle: {
    kind: line,
    part: 'reward',
    label: 'the name of a reward',
    names: {
      usual: 'reward; reward title|name; pledge reward; pledge reward name|title',
      weaker: 'reward description; package; bundle; edition; level; option; reward product; pledge product',
    },
    cells: titles,
  },
  rewardPrice: {
    kind: money,
    part: 'reward',
    label: 'the price of a reward',
    names: {
      usual: 'reward price|amount|minimum|cost; pledge minimum; minimum pledge; reward minimum amount',
      weaker: 'minimum; level price; package price',
    },
    cells: amounts,
  },
  /** These fields describe the one product of a row, as in generic files. */
  productSku: {
    kind: identifier,
    part: 'product',
    label: 'an SKU',
    names: {
      usual: 'sku; product sku|code; merchant sku',
      weaker: 'product id|number; part|model number; variant sku; barcode; ean; product reference',
    },
    cells: skus,
  },
  productName: {
    kind: line,
    part: 'product',
    label: 'a product',
    names: {
      usual: 'product; product name|title; product name title',
      weaker: 'variant name; product bundle; product line; product details; goods; contents',
    },
    cells: titles,
  },
  productPrice: {
    kind: money,
    part: 'product',
    label: 'the price of a product',
    names: {
      usual: 'unit price; price; product price|cost; product unit price; unit cost',
      weaker: 'product amount; unit amount',
    },
    cells: amounts,
  },
  quantity: {
    kind: quantity,
    part: 'product',
    label: 'a quantity',
    names: {
      usual: 'quantity; product|order|unit quantity; product number quantity; order product quantity',
      weaker: 'count; copies; product count; how many; number of copies; amount of product',
    },
    cells: quantities,
  },
  surveyAnsweredAt: {
    kind: dateTime,
    part: 'survey',
    label: 'the date of the survey',
    names: { usual: 'survey answered date; survey answered; survey date', weaker: 'survey; answered date' },
    cells: dates,
  },
  shippingName: {
    kind: line,
    part: 'address',
    label: 'the name of the recipient',
    names: {
      usual:
        'recipient; recipient name; shipping name; shipping full name; recipient full name; address name; shipping address name; recipient contact; ship to; ship to name',
      weaker: 'shipping contact; attention',
    },
    cells: people,
  },
  shippingAddress1: {
    kind: line,
    part: 'address',
    label: 'a street address',
    names: {
      usual: place('address; address 1; address line 1; street; street address; street 1; line 1'),
      weaker:
        'address line; house number street; address street; full address; shipping full address; address street 1',
    },
    cells: streets,
    carry: 0.5,
  },
  shippingAddress2: {
    kind: line,
    part: 'address',
    label: 'a second line of an address',
    names: {
      usual: place('address 2; address line 2; street 2; line 2; unit number'),
      weaker: 'unit; building; floor; address street 2; house number; district; neighborhood',
    },
    cells: texts,
  },
  shippingCity: {
    kind: line,
    part: 'address',
    label: 'a city',
    names: { usual: place('city; address city'), weaker: 'place; city name' },
    cells: placeNames,
  },
  shippingState: {
    kind: line,
    part: 'address',
    label: 'a state or province',
    names: {
      usual: place('state; estado; state code|name; address state; address estado'),
      weaker: 'etat; area; shipping state name',
    },
    cells: states,
  },
  shippingPostalCode: {
    kind: code,
    part: 'address',
    label: 'a postal code',
    names: { usual: place('zip; address zip'), weaker: 'post; code' },
    cells: postalCodes,
    carry: 0.35,
  },
  shippingCountry: {
    kind: country,
    part: 'address',
    label: 'a country',
    names: {
      usual: `${place('country; country code|name; address country; address country code')}; country iso code`,
      weaker: 'iso country; shipping location iso code; full country; destination country',
    },
    cells: countries,
    carry: 0.7,
  },
  shippingPhone: {
    kind: phone,
    part: 'address',
    label: 'a phone number',
    names: { usual: place('phone; address phone'), weaker: 'backer|customer|contact phone; contact number' },
    cells: phones,
    carry: 0.5,
  },
  deliveryNotes: {
    kind: text,
    part: 'pledge',
    label: 'a note for the carrier',
    names: {
      usual: 'shipping note|instructions; recipient note|instructions; instructions',
      weaker: 'driver|courier|carrier note|instructions; special instructions',
    },
    cells: texts,
  },
} satisfies Readonly<Record<string, FieldDefinition<unknown>>>;
