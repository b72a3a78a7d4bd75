import { definePlatform } from './platform.js';

/**
 * Etsy's exports of sold orders (`EtsySoldOrders2026-9.csv`) and of sold order items (`EtsySoldOrderItems2026-9.csv`).
 * They are one platform, because both have the number of the order, and an order may be imported from both files.
 *
 * - The file of orders has one row per order, with its total. The file of items has one row per item, with
 *   `Transaction ID` as its number, and the columns of the order are repeated. It has no total.
 * - Neither has e-mail addresses. `Buyer User ID` identifies a person, or `Buyer` in the file of items.
 * - `Variations` are what the buyer has chosen, and another variation is another product.
 * - `Status` is blank in many files: they contain paid orders. An item without `Date Paid` is not paid.
 * - `Adjusted Order Total` is the total after a refund, but it is 0.00 in orders without one, so it is only kept.
 * - `Order Shipping` of the items is that of the order in one row and 0.00 in the others, or repeated, so it is kept.
 * - British files have `Delivery City` in place of `Ship City`. Dates are American in all of them.
 */
export const etsy = definePlatform({
  name: 'etsy',
  title: 'Etsy',
  evidence: 'Header rows and rows of both files in the code and tests of importers, up to 2026',
  signatures: [
    ['Order ID', 'Listing ID', 'Item Name'],
    ['Order ID', 'Transaction ID', 'Listing ID'],
    ['Order ID', 'Sale Date', 'Number of Items'],
    ['Order ID', 'Order Net', 'Card Processing Fees'],
  ],
  decimalMark: '.',
  dateOrder: 'mdy',
  columns: [
    { field: 'externalId', headers: ['Order ID'], required: true, usual: true },
    { field: 'backerExternalId', headers: ['Buyer User ID'] },
    { field: 'backerExternalId', headers: ['Buyer'], onlyWithout: ['Buyer User ID'] },
    { field: 'backerName', headers: ['Full Name', 'Ship Name'], alternatives: true, usual: true },
    { field: 'firstName', headers: ['First Name'] },
    { field: 'lastName', headers: ['Last Name'] },
    { field: 'status', headers: ['Status'] },
    { field: 'amount', headers: ['Order Total'] },
    { field: 'shippingAmount', headers: ['Shipping', 'Delivery'], onlyWith: ['Order Total'] },
    { field: 'currency', headers: ['Currency'], usual: true },
    { field: 'pledgedAt', headers: ['Sale Date'], usual: true },
    { field: 'shippingName', headers: ['Ship Name', 'Delivery Name', 'Full Name'] },
    { field: 'shippingAddress1', headers: ['Ship Address1', 'Delivery Address 1', 'Street 1'] },
    { field: 'shippingAddress2', headers: ['Ship Address2', 'Delivery Address 2', 'Street 2'] },
    { field: 'shippingCity', headers: ['Ship City', 'Delivery City'] },
    { field: 'shippingState', headers: ['Ship State', 'Delivery State'] },
    { field: 'shippingPostalCode', headers: ['Ship Zipcode', 'Delivery Zipcode'] },
    { field: 'shippingCountry', headers: ['Ship Country', 'Delivery Country'] },
  ],
  itemGroups: [
    {
      repeat: 'same-names',
      sku: 'SKU',
      name: 'Item Name',
      options: ['Variations'],
      quantity: 'Quantity',
      unitPrice: 'Price',
      onlyWithout: ['Number of Items', 'Order Total'],
    },
  ],
  kept: [
    'Buyer',
    'Number of Items',
    'Payment Method',
    'Date Paid',
    'Date Shipped',
    'Date Posted',
    'Order Value',
    'Coupon Code',
    'Coupon Details',
    'Discount Amount',
    'Shipping Discount',
    'Delivery Discount',
    'Order Shipping',
    'Order Delivery',
    'Order Sales Tax',
    'Sales Tax',
    'Item Total',
    'Card Processing Fees',
    'Order Net',
    'Adjusted Order Total',
    'Adjusted Card Processing Fees',
    'Adjusted Net Order Amount',
    'Transaction ID',
    'Listing ID',
    'Order Type',
    'Listings Type',
    'Payment Type',
    'InPerson Discount',
    'InPerson Location',
    'VAT Paid by Buyer',
    'SKU',
  ],
  statusRequired: false,
  statuses: {
    'payment processing': 'PENDING',
  },
  statusRules: [{ header: 'Date Paid', is: 'blank', status: 'PENDING' }],
  orderRows: 'repeated',
});
