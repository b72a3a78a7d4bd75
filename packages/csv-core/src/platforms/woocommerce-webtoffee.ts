import { definePlatform } from './platform.js';
import { woocommerceStatuses } from './woocommerce-statuses.js';

/**
 * How many numbered columns are listed. Later ones are kept too, as unknown columns. The widest public file has 24
 * items.
 */
const knownItems = 100;

/**
 * WooCommerce orders as WebToffee's plugin "Order Export & Order Import" writes them
 * (https://wordpress.org/plugins/order-import-export-for-woocommerce/). WooCommerce itself does not export orders. Read
 * from the plugin's source: its exporter of 2025 (`admin/modules/order/export/export.php`) and that of 2018 to 2020
 * with its sample file, which agree with a public header row with 24 items. The words of `status` are WooCommerce's
 * `OrderStatus`.
 *
 * Each export has a choice of columns, and one of three ways to write the items of an order:
 * - the default: one column per item, `line_item_1` …, with all its parts
 *   (`name:…|product_id:…|sku:…|quantity:…|total:…`).
 * - "separate columns": the same columns, and groups `Product Item 1 Name` …, as many as the largest order has.
 * - "separate rows": one row per item with `item_name` …; the columns of the order are repeated.
 *
 * - Totals and subtotals are those of the whole line, after and before discounts. No column has the price of one unit.
 * - `product_id` is the same for all variations of a product, so the SKU is the key, or the name where there is no SKU.
 * - `customer_id` is 0 for every guest. `customer_email` belongs to the shop account and is blank for guests.
 * - The first and last name of the recipient are in two columns. There are no fields for them, so they are kept.
 * - `order_key` opens the pages of an order in the shop without a login, so it is never stored.
 * - `transaction_id` identifies a payment but cannot collect one, so it is kept.
 * - Cells may begin with an apostrophe before a plus sign (`'+39 …`), so that spreadsheets do not read a formula.
 */
export const woocommerceWebtoffee = definePlatform({
  name: 'woocommerce-webtoffee',
  title: 'WooCommerce (WebToffee)',
  evidence: "The plugin's own source of 2018 and 2025, its sample file and a public header row",
  signatures: [
    ['wt_import_key'],
    ['Product Item 1 Name', 'Product Item 1 Subtotal'],
    // Before 2020 there was no import key. The last two columns are not in files of SkyVerge's plugin, which are
    // similar.
    ['order_date', 'order_discount', 'customer_user'],
  ],
  decimalMark: '.',
  columns: [
    { field: 'externalId', headers: ['order_id'], required: true, usual: true },
    { field: 'externalId', headers: ['order_number'], onlyWithout: ['order_id'] },
    { field: 'email', headers: ['billing_email', 'customer_email'], alternatives: true },
    { field: 'firstName', headers: ['billing_first_name'], usual: true },
    { field: 'lastName', headers: ['billing_last_name'], usual: true },
    { field: 'billingState', headers: ['billing_state'] },
    { field: 'billingCountry', headers: ['billing_country'] },
    { field: 'status', headers: ['status'], required: true, usual: true },
    { field: 'amount', headers: ['order_total'], usual: true },
    { field: 'shippingAmount', headers: ['shipping_total'], usual: true },
    { field: 'currency', headers: ['order_currency'], usual: true },
    { field: 'pledgedAt', headers: ['order_date'], usual: true },
    { field: 'notes', headers: ['customer_note'] },
    { field: 'productSku', headers: ['item_sku'] },
    { field: 'productName', headers: ['item_name'] },
    { field: 'quantity', headers: ['item_quantity'] },
    { field: 'shippingAddress1', headers: ['shipping_address_1'] },
    { field: 'shippingAddress2', headers: ['shipping_address_2'] },
    { field: 'shippingCity', headers: ['shipping_city'] },
    { field: 'shippingState', headers: ['shipping_state'] },
    { field: 'shippingPostalCode', headers: ['shipping_postcode'] },
    { field: 'shippingCountry', headers: ['shipping_country'] },
    // Few shops ask for the recipient's phone number.
    { field: 'shippingPhone', headers: ['shipping_phone', 'billing_phone'], alternatives: true },
  ],
  itemGroups: [
    {
      repeat: 'numbered',
      sku: 'Product Item {n} SKU',
      name: 'Product Item {n} Name',
      quantity: 'Product Item {n} Quantity',
    },
    {
      repeat: 'numbered',
      packed: 'line_item_{n}',
      onlyWithout: ['Product Item 1 Name', 'item_name', 'item_sku'],
    },
  ],
  kept: [
    'order_number',
    'wt_import_key',
    'paid_date',
    'completed_date',
    'shipping_tax_total',
    'fee_total',
    'fee_tax_total',
    'tax_total',
    'cart_discount',
    'order_discount',
    'discount_total',
    'order_subtotal',
    'payment_method',
    'payment_method_title',
    'transaction_id',
    'shipping_method',
    'customer_id',
    'customer_user',
    'billing_company',
    'billing_address_1',
    'billing_address_2',
    'billing_postcode',
    'billing_city',
    'shipping_first_name',
    'shipping_last_name',
    'shipping_company',
    'shipping_items',
    'fee_items',
    'tax_items',
    'coupon_items',
    'refund_items',
    'order_notes',
    'download_permissions',
    'item_product_id',
    'item_subtotal',
    'item_subtotal_tax',
    'item_total',
    'item_total_tax',
    'item_refunded',
    'item_refunded_qty',
    'item_meta',
    ...Array.from({ length: knownItems }, (_, index) => index + 1).flatMap((item) => [
      `line_item_${item}`,
      `Product Item ${item} id`,
      `Product Item ${item} Total`,
      `Product Item ${item} Subtotal`,
    ]),
  ],
  secrets: [/^order key$/],
  statuses: woocommerceStatuses,
  orderRows: 'repeated',
});
