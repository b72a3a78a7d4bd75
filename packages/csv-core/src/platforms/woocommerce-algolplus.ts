import { definePlatform } from './platform.js';

/**
 * WooCommerce orders as AlgolPlus' plugin "Advanced Order Export For WooCommerce" writes them
 * (https://wordpress.org/plugins/woo-order-export-lite/). Read from the plugin's source of 2015 and of about 2017
 * (`class-wc-order-export-data-extractor.php`), which agrees with public header rows of 2018 and later. The words of
 * `Order Status` are the labels that WooCommerce shows in the language of the shop; English and German ones are known.
 *
 * Everything is a setting: the columns, their order, their names, delimiter, date format and BOM. A file with renamed
 * columns has to be mapped by a person.
 *
 * - Items in rows (the default since 2016): one row per item. The columns of the order are repeated. If "populate other
 *   columns" is off, as it was at first, they are blank after the first row, also the number.
 * - Items in columns (the default of 2015): `SKU #1`, `Item Name #1` (`Name #1` in the first years), `SKU #2` …, or
 *   without ` #1` when no order has two items.
 * - `Item Cost` is the price of one unit, without tax. `Quantity (- Refund)` does not include refunded units, so it is
 *   the number of units that are owed.
 * - `Address 1&2 (Shipping)` has both lines of the address; earlier versions have `Address 1` and `Address 2`.
 * - The `C` of `Customer Note`, `Completed Date` and `Coupons Used` was Cyrillic in 2015.
 * - The first and last name of the recipient are in two columns. There are no fields for them, so they are kept, and
 *   only `Full Name (Shipping)` is read.
 * - Refunds, if they are exported, are rows with the number of their order.
 */
export const woocommerceAlgolplus = definePlatform({
  name: 'woocommerce-algolplus',
  title: 'WooCommerce (Advanced Order Export)',
  evidence: "The plugin's own source of 2015 and 2017, and header rows of 2018 and later in public code",
  signatures: [
    ['Order Number', 'Email (Billing)'],
    ['Order Number', 'Phone (Billing)'],
    ['Order Number', 'First Name (Billing)'],
    ['Order Number', 'Full Name (Billing)'],
    ['Order Number', 'Country Code (Billing)'],
    ['Order Number', 'First Name (Shipping)'],
    ['Order Number', 'Full Name (Shipping)'],
    ['Order Number', 'Country Code (Shipping)'],
    ['Order Number', 'State Code (Shipping)'],
    ['Order ID', 'Email (Billing)'],
    ['Order ID', 'Phone (Billing)'],
    ['Order ID', 'Full Name (Billing)'],
  ],
  columns: [
    { field: 'externalId', headers: ['Order Number'], required: true, usual: true },
    { field: 'externalId', headers: ['Order ID'], onlyWithout: ['Order Number'] },
    { field: 'email', headers: ['Email (Billing)'], usual: true },
    { field: 'email', headers: ['Customer User Email'], onlyWithout: ['Email (Billing)'] },
    { field: 'backerName', headers: ['Full Name (Billing)'] },
    { field: 'firstName', headers: ['First Name (Billing)'] },
    { field: 'lastName', headers: ['Last Name (Billing)'] },
    { field: 'billingState', headers: ['State Code (Billing)', 'State (Billing)'] },
    { field: 'billingCountry', headers: ['Country Code (Billing)', 'Country Name (Billing)'] },
    { field: 'status', headers: ['Order Status'], usual: true },
    { field: 'amount', headers: ['Order Total Amount'], usual: true },
    {
      field: 'amount',
      headers: ['Order Total Amount (- Refund)'],
      onlyWithout: ['Order Total Amount'],
    },
    { field: 'shippingAmount', headers: ['Order Shipping Amount'] },
    { field: 'currency', headers: ['Currency'] },
    { field: 'pledgedAt', headers: ['Order Date'], usual: true },
    { field: 'notes', headers: ['Customer Note'] },
    { field: 'productSku', headers: ['SKU'] },
    { field: 'productName', headers: ['Item Name', 'Name', 'Product Name'] },
    { field: 'productPrice', headers: ['Item Cost'] },
    { field: 'quantity', headers: ['Quantity (- Refund)'] },
    { field: 'quantity', headers: ['Quantity'], onlyWithout: ['Quantity (- Refund)'] },
    { field: 'shippingName', headers: ['Full Name (Shipping)'] },
    { field: 'shippingAddress1', headers: ['Address 1 (Shipping)', 'Address 1&2 (Shipping)'] },
    { field: 'shippingAddress2', headers: ['Address 2 (Shipping)'] },
    { field: 'shippingCity', headers: ['City (Shipping)'] },
    { field: 'shippingState', headers: ['State Code (Shipping)', 'State (Shipping)'] },
    { field: 'shippingPostalCode', headers: ['Postcode (Shipping)', 'Zip (Shipping)'] },
    // The plugin writes `Country Name(Shipping)` without a blank.
    { field: 'shippingCountry', headers: ['Country Code (Shipping)', 'Country Name(Shipping)'] },
    { field: 'shippingPhone', headers: ['Phone (Shipping)', 'Phone (Billing)'], alternatives: true },
  ],
  itemGroups: [
    {
      repeat: 'numbered',
      sku: 'SKU #{n}',
      name: ['Item Name #{n}', 'Name #{n}'],
      quantity: ['Quantity (- Refund) #{n}', 'Quantity #{n}'],
      unitPrice: 'Item Cost #{n}',
    },
  ],
  kept: [
    'Order ID',
    'Transaction ID',
    'Completed Date',
    'Order Notes',
    'Customer User ID',
    'Customer Username',
    'Customer User Email',
    'Customer Role',
    'Company (Billing)',
    'Address 1 (Billing)',
    'Address 2 (Billing)',
    'Address 1&2 (Billing)',
    'City (Billing)',
    'State Name (Billing)',
    'Postcode (Billing)',
    'Zip (Billing)',
    'First Name (Shipping)',
    'Last Name (Shipping)',
    'Company (Shipping)',
    'State Name (Shipping)',
    'Item #',
    'Product Variation',
    'Item Seller',
    'Quantity',
    'Product Current Price',
    'Order Line (w/o tax)',
    'Order Line Tax',
    'Order Line Tax Refunded',
    'Order Line Tax (- Refund)',
    'Order Line Subtotal',
    'Order Line Total',
    'Order Line Total Refunded',
    'Order Line Total (- Refund)',
    'Image URL',
    'Coupon Code',
    'Discount Amount',
    'Discount Amount Tax',
    'Shipping Method Title',
    'Shipping Method',
    'Payment Method Title',
    'Payment Method',
    'Coupons Used',
    'Cart Discount Amount',
    'Cart Discount Tax Amount',
    'Order Subtotal Amount',
    'Order Tax Amount',
    'Order Shipping Amount Refunded',
    'Order Shipping Amount (- Refund)',
    'Order Shipping Tax Amount',
    'Order Shipping Tax Refunded',
    'Order Shipping Tax Amount (- Refund)',
    'Order Refund Amount',
    'Order Total Amount (- Refund)',
    'Order Total Amount without Tax',
    'Order Total Tax Amount',
    'Order Total Tax Amount Refunded',
    'Order Total Tax Amount (- Refund)',
    'Total weight',
    'Total items',
    'Total products',
  ],
  statuses: {
    'pending payment': 'PENDING',
    // Paid, but not sent yet.
    processing: 'COLLECTED',
    // The checkout was begun but not completed.
    draft: 'DROPPED',
    'zahlung ausstehend': 'PENDING',
    'in wartestellung': 'PENDING',
    'in bearbeitung': 'COLLECTED',
    abgeschlossen: 'COLLECTED',
    fertiggestellt: 'COLLECTED',
    storniert: 'CANCELED',
    abgebrochen: 'CANCELED',
    rückerstattet: 'REFUNDED',
    fehlgeschlagen: 'ERRORED',
  },
  // Exports may leave out the status column, and may be filtered by status.
  statusRequired: false,
  orderRows: 'blank-after-first',
});
