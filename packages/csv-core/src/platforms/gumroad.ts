import { definePlatform } from './platform.js';

/**
 * Gumroad's export of sales, one row per purchase of one product. Its exporter is public
 * (https://github.com/antiwork/gumroad/blob/main/app/services/exports/purchase_export_service.rb). Later versions have
 * more columns in several places. The seller's own questions are the last columns.
 *
 * - `Purchase ID` is the key. `Order Number` is another number of the same purchase, which is kept.
 * - Amounts are in US dollars. The currency and amount that the buyer paid are in `Buyer Currency` and `Buyer Total`,
 *   which are kept. `Sale Price ($)` is the price of the whole row. `Item Price ($)` is the same without the price of
 *   the variants, so it is not the price of one unit.
 * - No column has the status. A refund has no row of its own: in the row of the sale `Fully Refunded?` is 1. A partial
 *   refund leaves the sale paid, and so does a dispute that was won. Pre-orders and free trials are charged later, with
 *   rows of their own.
 * - `Variants` has the chosen variant, and another variant is another product. `SKU ID`, which may be blank, is kept.
 * - `State` and `Country` of a sale without a street are guessed from the buyer's IP address.
 * - The last row adds up the others. It has `Totals` in place of the number, and no e-mail address.
 */
export const gumroad = definePlatform({
  name: 'gumroad',
  title: 'Gumroad',
  evidence: 'The public source of its exporter, as of 2026 and before; no file seen',
  signatures: [
    ['Purchase Time (UTC timezone)', 'Sale Price ($)'],
    ['Purchase Email', 'Sale Price ($)'],
    ['Purchase Email', 'Free trial purchase?'],
    ['Pre-order authorization time (UTC timezone)', 'Free trial purchase?'],
    ['Do not contact?', 'Recurring Charge?'],
  ],
  currency: 'USD',
  decimalMark: '.',
  columns: [
    { field: 'externalId', headers: ['Purchase ID'], required: true, usual: true },
    { field: 'backerName', headers: ['Buyer Name'], usual: true },
    // Every sale has a time, but the row of totals does not.
    { field: 'email', headers: ['Purchase Email'], required: true, usual: true },
    { field: 'amount', headers: ['Sale Price ($)'], usual: true },
    { field: 'shippingAmount', headers: ['Shipping ($)'], usual: true },
    { field: 'bonusAmount', headers: ['Tip ($)'] },
    {
      field: 'pledgedAt',
      headers: ['Purchase Time (UTC timezone)', 'Purchase Date'],
      alternatives: true,
      usual: true,
    },
    { field: 'shippingAddress1', headers: ['Street Address'], usual: true },
    { field: 'shippingCity', headers: ['City'], usual: true },
    { field: 'shippingState', headers: ['State'], usual: true },
    { field: 'shippingPostalCode', headers: ['Zip Code'], usual: true },
    { field: 'shippingCountry', headers: ['Country'], usual: true },
  ],
  itemGroups: [
    {
      repeat: 'same-names',
      sku: 'Product ID',
      name: 'Item Name',
      options: ['Variants'],
      quantity: 'Quantity',
    },
  ],
  kept: [
    'Buyer Email',
    'Do not contact?',
    'Subtotal ($)',
    'Taxes ($)',
    'Tax Type',
    'Fees ($)',
    'Net Total ($)',
    'Tax Included in Price?',
    'Referrer',
    'Refunded?',
    'Partial Refund ($)',
    'Fully Refunded?',
    'Disputed?',
    'Dispute Won?',
    'Access Revoked?',
    'Discount Code',
    'Recurring Charge?',
    'Free trial purchase?',
    'Pre-order authorization?',
    'Order Number',
    'Pre-order authorization time (UTC timezone)',
    'Custom Fields',
    'Item Price ($)',
    'Variants Price ($)',
    'Giftee Email',
    'SKU ID',
    'Recurrence',
    'Affiliate',
    'Affiliate commission ($)',
    'Discover?',
    'Cancellation Date',
    'Subscription End Date',
    'Rating',
    'Review',
    'Payment Type',
    'PayPal Transaction ID',
    'PayPal Fee Amount',
    'PayPal Fee Currency',
    'Stripe Transaction ID',
    'Stripe Fee Amount',
    'Stripe Fee Currency',
    'Purchasing Power Parity Discounted?',
    'Upsold?',
    'Sent Abandoned Cart Email?',
    'UTM Source',
    'UTM Medium',
    'UTM Campaign',
    'UTM Term',
    'UTM Content',
    'Buyer Currency',
    'Buyer Total',
    'Buyer Refunded Total',
  ],
  statusRequired: false,
  statusRules: [
    { header: 'Fully Refunded?', pattern: /^1$/, status: 'REFUNDED' },
    { header: 'Dispute Won?', pattern: /^1$/, status: 'COLLECTED' },
    { header: 'Disputed?', pattern: /^1$/, status: 'REFUNDED' },
    { header: 'Pre-order authorization?', pattern: /^1$/, status: 'PENDING' },
    { header: 'Free trial purchase?', pattern: /^1$/, status: 'PENDING' },
  ],
  // In every version the seller's questions come after this column.
  dynamicColumn: ({ header, position, positionOf }) => {
    const last = positionOf('recurrence');
    const isQuestion = last >= 0 && position > last;
    return isQuestion ? { role: 'question', question: header } : { role: 'unknown' };
  },
});
