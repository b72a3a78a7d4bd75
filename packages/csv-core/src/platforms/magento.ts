import { definePlatform } from './platform.js';

/**
 * The list of orders that Magento (Adobe Commerce) exports from its admin pages, one row per order, without items. The
 * headers of Magento 1 and 2 differ, those of 2 are the columns of its `sales_order_grid`.
 *
 * - Shipping cost, subtotal and refund are in the currency of the shop, like `Grand Total (Base)`, which is the amount.
 *   `Grand Total (Purchased)` is the same in the currency of the buyer, and is kept.
 * - `Processing` is paid and not sent yet. `Closed` is refunded as a whole; other refunds are in `Total Refunded`.
 * - An address is one text with commas. It is read as the first line.
 * - Files of Magento 1 have no e-mail address.
 */
export const magento = definePlatform({
  name: 'magento',
  title: 'Magento orders',
  evidence: "The columns of Magento's own order grid in public code; no file seen",
  certainty: 0.95,
  signatures: [
    ['Purchase Point', 'Bill-to Name'],
    ['Purchase Point', 'Grand Total (Purchased)'],
    ['Grand Total (Base)', 'Grand Total (Purchased)'],
    ['G.T. (Base)', 'G.T. (Purchased)'],
  ],
  columns: [
    { field: 'externalId', headers: ['ID', 'Order #'], required: true, usual: true },
    { field: 'email', headers: ['Customer Email'] },
    { field: 'backerName', headers: ['Customer Name', 'Bill-to Name', 'Bill to Name'], alternatives: true },
    { field: 'status', headers: ['Status'], required: true, usual: true },
    { field: 'amount', headers: ['Grand Total (Base)', 'G.T. (Base)'], required: true, usual: true },
    { field: 'refundedAmount', headers: ['Total Refunded'] },
    // The shop has one currency where the administrator has hidden the other column.
    {
      field: 'amount',
      headers: ['Grand Total (Purchased)', 'G.T. (Purchased)'],
      onlyWithout: ['Grand Total (Base)', 'G.T. (Base)'],
    },
    { field: 'shippingAmount', headers: ['Shipping and Handling'] },
    { field: 'pledgedAt', headers: ['Purchase Date', 'Purchased On'], usual: true },
    { field: 'shippingName', headers: ['Ship-to Name', 'Ship to Name'], usual: true },
    { field: 'shippingAddress1', headers: ['Shipping Address'] },
  ],
  kept: [
    'Purchase Point',
    'Purchased From (Store)',
    'Bill-to Name',
    'Bill to Name',
    'Grand Total (Purchased)',
    'G.T. (Purchased)',
    'Billing Address',
    'Shipping Information',
    'Customer Group',
    'Subtotal',
    'Payment Method',
    'Allocated sources',
    'Pickup Location Code',
    'Braintree Transaction Source',
    'Signifyd Guarantee Decision',
  ],
  statuses: {
    processing: 'COLLECTED',
    closed: 'REFUNDED',
    'pending payment': 'PENDING',
    'pending paypal': 'PENDING',
    'payment review': 'PENDING',
    'suspected fraud': 'PENDING',
    fraud: 'PENDING',
    holded: 'PENDING',
    new: 'PENDING',
    'canceled paypal': 'CANCELED',
    'canceled reversal': 'COLLECTED',
    'paypal canceled reversal': 'COLLECTED',
    'paypal reversed': 'REFUNDED',
    reversed: 'REFUNDED',
  },
});
