import { definePlatform } from './platform.js';

/**
 * Squarespace's export of orders. Its columns are named like Shopify's, but the key is `Order ID`: there is no `Name`.
 *
 * - One row per line item. Rows after the first of an order repeat only `Order ID` and the columns of the line item.
 * - `Lineitem price` is the price of one unit. `Lineitem name` is the same for all variants of a product, so the variant
 *   is part of the key.
 * - A refund does not change `Financial Status`: it is in `Amount Refunded`. If that is the whole total, the order is
 *   refunded.
 * - Dates were American (`7/25/2018 21:06`), and have an offset in later files.
 */
export const squarespace = definePlatform({
  name: 'squarespace',
  title: 'Squarespace',
  evidence: 'A header row and rows in public code, 2018 and later',
  signatures: [
    ['Order ID', 'Lineitem name', 'Financial Status'],
    ['Order ID', 'Lineitem variant'],
  ],
  decimalMark: '.',
  dateOrder: 'mdy',
  columns: [
    { field: 'externalId', headers: ['Order ID'], required: true, usual: true },
    { field: 'email', headers: ['Email'], usual: true },
    { field: 'backerName', headers: ['Billing Name'], usual: true },
    { field: 'billingState', headers: ['Billing Province'] },
    { field: 'billingCountry', headers: ['Billing Country'] },
    { field: 'status', headers: ['Financial Status'], required: true, usual: true },
    { field: 'fulfillment', headers: ['Fulfillment Status'], usual: true },
    { field: 'amount', headers: ['Total'], usual: true },
    { field: 'refundedAmount', headers: ['Amount Refunded'] },
    { field: 'shippingAmount', headers: ['Shipping'], usual: true },
    { field: 'currency', headers: ['Currency'], usual: true },
    { field: 'pledgedAt', headers: ['Created at'], usual: true },
    { field: 'notes', headers: ['Private Notes'] },
    { field: 'shippingName', headers: ['Shipping Name'], usual: true },
    { field: 'shippingAddress1', headers: ['Shipping Address1'], usual: true },
    { field: 'shippingAddress2', headers: ['Shipping Address2'] },
    { field: 'shippingCity', headers: ['Shipping City'], usual: true },
    { field: 'shippingState', headers: ['Shipping Province'] },
    { field: 'shippingPostalCode', headers: ['Shipping Zip'], usual: true },
    { field: 'shippingCountry', headers: ['Shipping Country'], usual: true },
    { field: 'shippingPhone', headers: ['Shipping Phone'] },
  ],
  itemGroups: [
    {
      repeat: 'same-names',
      sku: 'Lineitem sku',
      name: 'Lineitem name',
      options: ['Lineitem variant'],
      quantity: 'Lineitem quantity',
      unitPrice: 'Lineitem price',
    },
  ],
  kept: [
    'Paid at',
    'Fulfilled at',
    'Cancelled at',
    'Subtotal',
    'Taxes',
    'Discount Code',
    'Discount Amount',
    'Shipping Method',
    'Lineitem requires shipping',
    'Lineitem taxable',
    'Lineitem fulfillment status',
    'Billing Address1',
    'Billing Address2',
    'Billing City',
    'Billing Zip',
    'Billing Phone',
    'Channel Type',
    'Channel Name',
    'Channel Order Number',
    'Payment Method',
    'Payment Reference',
  ],
  statuses: {
    'partially paid': 'PENDING',
    'payment declined': 'ERRORED',
  },
  statusRules: [{ header: 'Cancelled at', status: 'CANCELED' }],
  orderRows: 'blank-after-first',
});
