import { foreignStatuses } from './foreign-statuses.js';
import { definePlatform } from './platform.js';
import { programStatuses } from './program-statuses.js';

/**
 * Any file whose columns have common English names: one row per pledge or order, or one row per product of an order.
 * Detected only when no other platform matches, and only when the file has a number of the pledge and an e-mail address
 * or id of the backer.
 */
export const generic = definePlatform({
  name: 'generic',
  title: 'Generic CSV',
  evidence: 'Common column names; no platform',
  columns: [
    {
      field: 'externalId',
      headers: [
        'Pledge ID',
        'Order ID',
        'Order Number',
        'Order No.',
        'Order No',
        'Order #',
        'Order',
        'Pledge Number',
        'Backing ID',
        'Contribution ID',
        'Transaction ID',
        'Reference',
        'ID',
      ],
      required: true,
    },
    {
      field: 'backerExternalId',
      headers: ['Backer ID', 'Customer ID', 'User ID', 'Customer Number'],
    },
    {
      field: 'backerName',
      headers: ['Backer Name', 'Customer Name', 'Full Name', 'Name', 'Customer', 'Backer'],
    },
    { field: 'firstName', headers: ['First Name', 'Given Name'] },
    { field: 'lastName', headers: ['Last Name', 'Family Name', 'Surname'] },
    {
      field: 'email',
      headers: [
        'Email',
        'E-mail',
        'Email Address',
        'E-mail Address',
        'Backer Email',
        'Customer Email',
        'Mail',
      ],
    },
    {
      field: 'status',
      // `Status` is last, because beside a payment status it is the shipping status.
      headers: ['Pledge Status', 'Payment Status', 'State of Payment', 'Order Status', 'Status'],
    },
    {
      field: 'amount',
      headers: [
        'Pledge Amount',
        'Amount',
        'Total',
        'Order Total',
        'Total Amount',
        'Amount Paid',
        'Pledged',
        'Total Paid',
      ],
    },
    {
      field: 'shippingAmount',
      headers: ['Shipping Amount', 'Shipping Cost', 'Shipping Fee', 'Shipping Fees', 'Shipping'],
    },
    { field: 'bonusAmount', headers: ['Bonus Support', 'Bonus', 'Tip', 'Donation'] },
    { field: 'currency', headers: ['Currency', 'Currency Code'] },
    {
      field: 'pledgedAt',
      headers: ['Pledged At', 'Pledge Date', 'Order Date', 'Ordered At', 'Created At', 'Date', 'Created'],
    },
    { field: 'fulfillment', headers: ['Fulfillment Status', 'Shipping Status', 'Fulfilled', 'Shipped'] },
    { field: 'notes', headers: ['Notes', 'Note', 'Comment', 'Comments'] },
    { field: 'rewardId', headers: ['Reward ID', 'Tier ID', 'Perk ID'] },
    {
      field: 'rewardTitle',
      headers: ['Reward Title', 'Reward', 'Reward Name', 'Tier', 'Perk', 'Pledge Level'],
    },
    { field: 'rewardPrice', headers: ['Reward Price', 'Tier Price', 'Reward Minimum'] },
    { field: 'productSku', headers: ['SKU', 'Product SKU', 'Item SKU'] },
    { field: 'productName', headers: ['Product Name', 'Product', 'Item Name', 'Item'] },
    { field: 'productPrice', headers: ['Unit Price', 'Item Price', 'Product Price', 'Price'] },
    { field: 'quantity', headers: ['Quantity', 'Qty', 'Product Quantity', 'Item Quantity', 'Units'] },
    {
      field: 'shippingName',
      headers: ['Shipping Name', 'Recipient', 'Recipient Name', 'Ship To', 'Addressee'],
    },
    {
      field: 'shippingAddress1',
      headers: [
        'Shipping Address 1',
        'Address 1',
        'Address1',
        'Address Line 1',
        'Shipping Address',
        'Address',
        'Street',
        'Street Address',
      ],
    },
    { field: 'shippingAddress2', headers: ['Shipping Address 2', 'Address 2', 'Address2', 'Address Line 2'] },
    { field: 'shippingCity', headers: ['Shipping City', 'City', 'Town'] },
    {
      field: 'shippingState',
      headers: ['Shipping State', 'State', 'Province', 'Region', 'State/Province', 'County'],
    },
    {
      field: 'shippingPostalCode',
      headers: [
        'Shipping Postal Code',
        'Postal Code',
        'Zip',
        'Zip Code',
        'Postcode',
        'Shipping Zip',
        'Zip/Postal Code',
      ],
    },
    {
      field: 'shippingCountry',
      headers: ['Shipping Country', 'Country Code', 'Country', 'Shipping Country Code'],
    },
    { field: 'shippingPhone', headers: ['Shipping Phone', 'Phone', 'Phone Number', 'Telephone', 'Mobile'] },
    { field: 'billingCountry', headers: ['Billing Country'] },
    { field: 'billingState', headers: ['Billing State', 'Billing State/Province'] },
    { field: 'deliveryNotes', headers: ['Delivery Notes', 'Delivery Instructions'] },
  ],
  // Lists that people keep by hand rarely have a status column. They contain collected pledges.
  statusRequired: false,
  blankStatus: 'PENDING',
  statuses: { ...programStatuses, ...foreignStatuses },
  // Shops write one row per product and repeat the order in each row.
  orderRows: 'repeated',
});
