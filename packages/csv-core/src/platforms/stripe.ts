import { definePlatform } from './platform.js';

/**
 * Stripe's exports of payments from its dashboard (`payments.csv`, now `unified_payments.csv`). Stripe's help pages
 * (https://support.stripe.com/questions/exporting-payment-reports) describe how to export, but not the columns. Header
 * rows and words are from the code and the tests of public importers, 2014 to 2026.
 *
 * - `Created` became `Created (UTC)` and, in the unified export, `Created date (UTC)`. Addresses were added later. The
 *   columns are chosen for each export; only a few are always there.
 * - A row is a payment and not an order, so it has no items. The products may be in `Description` or in the shop's own
 *   metadata, one column each, `key (metadata)`. These are kept.
 * - The key is the number of the charge or payment (`ch_…`, `py_…`, `pi_…`).
 * - Amounts are in major units, in some languages of the account with a decimal comma. `Currency` is in lower case.
 * - A payment with a partial refund stays `Paid`; the refund is in `Amount Refunded`. A lost dispute refunds all of it.
 * - The card of a payment in `requires_payment_method` was declined, or the buyer left before entering one.
 * - Everything about the card is secret, also the name and the address of its holder.
 */
export const stripe = definePlatform({
  name: 'stripe',
  title: 'Stripe payments',
  evidence: 'Header rows and status words in the code of importers, 2014 to 2026; no reference by Stripe',
  certainty: 0.95,
  signatures: [
    ['Amount Refunded', 'Statement Descriptor'],
    ['Amount Refunded', 'Captured'],
    ['Amount Refunded', 'Created date (UTC)'],
  ],
  decimalMark: '.',
  columns: [
    { field: 'externalId', headers: ['id'], required: true, usual: true },
    { field: 'backerExternalId', headers: ['Customer ID'] },
    { field: 'email', headers: ['Customer Email'] },
    { field: 'status', headers: ['Status'], required: true, usual: true },
    { field: 'amount', headers: ['Amount'], required: true, usual: true },
    { field: 'refundedAmount', headers: ['Amount Refunded'] },
    { field: 'currency', headers: ['Currency'], usual: true },
    { field: 'pledgedAt', headers: ['Created date (UTC)', 'Created (UTC)', 'Created'], usual: true },
    { field: 'shippingName', headers: ['Shipping Name'] },
    { field: 'shippingAddress1', headers: ['Shipping Address Line1'] },
    { field: 'shippingAddress2', headers: ['Shipping Address Line2'] },
    { field: 'shippingCity', headers: ['Shipping Address City'] },
    { field: 'shippingState', headers: ['Shipping Address State'] },
    { field: 'shippingPostalCode', headers: ['Shipping Address Postal Code'] },
    { field: 'shippingCountry', headers: ['Shipping Address Country'] },
    { field: 'shippingPhone', headers: ['Customer Phone'] },
  ],
  kept: [
    'Description',
    'Seller Message',
    'Decline Reason',
    'Refunded date (UTC)',
    'Converted Amount',
    'Converted Amount Refunded',
    'Converted Currency',
    'Fee',
    'Tax',
    'Taxes On Fee',
    'Application Fee',
    'Application ID',
    'Mode',
    'Captured',
    'Statement Descriptor',
    'Statement Description',
    'Customer Description',
    'Disputed Amount',
    'Dispute Status',
    'Dispute Reason',
    'Dispute Date (UTC)',
    'Dispute Evidence Due (UTC)',
    'Invoice ID',
    'Invoice Number',
    'Payment Source Type',
    'PaymentIntent ID',
    'Is Link',
    'Link Funding',
    'Destination',
    'Transfer',
    'Transfer Group',
    'Interchange Costs',
    'Merchant Service Charge',
    'Checkout Session ID',
    'Checkout Custom Field 1 Key',
    'Checkout Custom Field 1 Value',
    'Checkout Custom Field 2 Key',
    'Checkout Custom Field 2 Value',
    'Checkout Custom Field 3 Key',
    'Checkout Custom Field 3 Value',
    'Checkout Line Item Summary',
    'Checkout Promotional Consent',
    'Checkout Terms of Service Consent',
    'Client Reference ID',
    'Payment Link ID',
    'UTM Campaign',
    'UTM Content',
    'UTM Medium',
    'UTM Source',
    'UTM Term',
    'Terminal Location ID',
    'Terminal Reader ID',
  ],
  // Shops write the payer's IP address into the metadata: `Customer IP (metadata)`.
  secrets: [/^card\b/, /\bfingerprint\b/, /\bip\b/],
  statuses: {
    uncaptured: 'PENDING',
    'requires capture': 'PENDING',
    incomplete: 'PENDING',
    blocked: 'ERRORED',
    // The money is taken back until the dispute is decided.
    disputed: 'ERRORED',
    'requires confirmation': 'PENDING',
    'requires action': 'PENDING',
    'requires payment method': 'ERRORED',
  },
  statusRules: [{ header: 'Dispute Status', pattern: /^lost$/i, status: 'REFUNDED' }],
});
