import { definePlatform } from './platform.js';

/**
 * Shopify's own export of orders (`orders_export.csv`): one row per line item, with the number of the order (`#1001`).
 * Shopify describes the file only in part
 * (https://help.shopify.com/en/manual/fulfillment/managing-orders/exporting-orders); the columns are those of a public
 * file of 2025 and of header rows in public code from 2012 on. The words of `Financial Status` are those of the Admin
 * API (`OrderDisplayFinancialStatus`) in lower case.
 *
 * Columns were only added at the end: in 2012 `Cancelled at` was the last column, and later files end with the five
 * taxes, with `Phone`, with `Duties`, or with `Payment References`.
 *
 * - Rows after the first of an order repeat `Name`, `Email`, `Created at`, `Vendor`, `Phone` and the columns of the
 *   line item. Everything else is blank there. So a file that was filtered by status has lost the other items.
 * - `Lineitem price` is the price of one unit, before `Lineitem discount`.
 * - `Cancelled at` is filled for a cancelled order, whose payment may still be `paid` or `voided`.
 * - `Name` is unique in one shop. `Id` is blank in all rows but the first, so it cannot be the key.
 * - Draft orders and orders from the till may have no e-mail address, address and phone number. A backer without an
 *   e-mail address is identified by `Phone`.
 * - Older files write postal codes with a leading apostrophe. `Billing Zip` is written without its blank.
 * - `Payment Reference` and `Payment ID` identify a payment but cannot collect one, so they are kept and not secret.
 */
export const shopify = definePlatform({
  name: 'shopify',
  title: 'Shopify',
  evidence: 'A public export of 2025, and header rows of 2012 to 2025 in the code of importers',
  signatures: [['Lineitem name', 'Financial Status']],
  decimalMark: '.',
  columns: [
    // In similar files with an order number of their own, the name is that of a person.
    { field: 'externalId', headers: ['Name'], required: true, usual: true, onlyWithout: ['Order ID'] },
    { field: 'backerExternalId', headers: ['Phone'] },
    { field: 'email', headers: ['Email'], usual: true },
    { field: 'backerName', headers: ['Billing Name'], usual: true },
    { field: 'billingState', headers: ['Billing Province'], usual: true },
    { field: 'billingCountry', headers: ['Billing Country'], usual: true },
    { field: 'status', headers: ['Financial Status'], required: true, usual: true },
    { field: 'fulfillment', headers: ['Fulfillment Status'], usual: true },
    { field: 'amount', headers: ['Total'], usual: true },
    { field: 'shippingAmount', headers: ['Shipping'], usual: true },
    { field: 'currency', headers: ['Currency'], usual: true },
    { field: 'pledgedAt', headers: ['Created at'], usual: true },
    { field: 'notes', headers: ['Notes'], usual: true },
    { field: 'productSku', headers: ['Lineitem sku'], usual: true },
    { field: 'productName', headers: ['Lineitem name'], usual: true },
    { field: 'productPrice', headers: ['Lineitem price'], usual: true },
    { field: 'quantity', headers: ['Lineitem quantity'], usual: true },
    { field: 'shippingName', headers: ['Shipping Name'], usual: true },
    { field: 'shippingAddress1', headers: ['Shipping Address1'], usual: true },
    // Both lines of the address in one, read only where the single lines were deleted from the file.
    { field: 'shippingAddress1', headers: ['Shipping Street'], onlyWithout: ['Shipping Address1'] },
    { field: 'shippingAddress2', headers: ['Shipping Address2'], usual: true },
    { field: 'shippingCity', headers: ['Shipping City'], usual: true },
    { field: 'shippingState', headers: ['Shipping Province'], usual: true },
    { field: 'shippingPostalCode', headers: ['Shipping Zip'], usual: true },
    { field: 'shippingCountry', headers: ['Shipping Country'], usual: true },
    { field: 'shippingPhone', headers: ['Shipping Phone'], usual: true },
  ],
  kept: [
    'Id',
    'Paid at',
    'Fulfilled at',
    'Cancelled at',
    'Accepts Marketing',
    'Subtotal',
    'Taxes',
    'Duties',
    'Discount Code',
    'Discount Amount',
    'Refunded Amount',
    'Outstanding Balance',
    'Shipping Method',
    'Shipping Street',
    'Shipping Company',
    'Shipping Province Name',
    'Billing Street',
    'Billing Address1',
    'Billing Address2',
    'Billing Company',
    'Billing City',
    'Billing Zip',
    'Billing Province Name',
    'Billing Phone',
    'Lineitem compare at price',
    'Lineitem discount',
    'Lineitem requires shipping',
    'Lineitem taxable',
    'Lineitem fulfillment status',
    'Note Attributes',
    'Payment Method',
    'Payment Reference',
    'Payment References',
    'Payment ID',
    'Payment Terms Name',
    'Next Payment Due At',
    'Vendor',
    'Employee',
    'Location',
    'Device ID',
    'Receipt Number',
    'Tags',
    'Risk Level',
    'Source',
    ...[1, 2, 3, 4, 5].flatMap((tax) => [`Tax ${tax} Name`, `Tax ${tax} Value`]),
  ],
  statuses: {
    'partially paid': 'PENDING',
    // The payment was not captured in time, or the provider could not process it.
    expired: 'ERRORED',
  },
  statusRules: [{ header: 'Cancelled at', status: 'CANCELED' }],
  orderRows: 'blank-after-first',
});
