import { definePlatform } from './platform.js';
import { woocommerceStatuses } from './woocommerce-statuses.js';

/**
 * WooCommerce orders as SkyVerge's plugin "Customer/Order/Coupon Export" writes them. Its header rows resemble those of
 * WebToffee's plugin, but the date is in `date`, and the items are not in numbered columns.
 *
 * - The "default" format has one row per order. `line_items` lists all items of the order in one cell
 *   (`name:Lamp|sku:LAMP|quantity:2|total:8.00;name:…`), or as JSON, by a setting.
 * - The format "one row per item" has `item_name` … and repeats the columns of the order.
 * - Totals of items are those of the whole line, so no column has the price of one unit.
 * - `order_id` is the key. `order_number` may have a prefix and is kept.
 * - `customer_id` is 0 for every guest. The name of the recipient is in two columns, which are kept.
 * - `order_key` opens the pages of an order in the shop without a login, so it is never stored.
 */
export const woocommerceSkyverge = definePlatform({
  name: 'woocommerce-skyverge',
  title: 'WooCommerce (SkyVerge)',
  evidence: 'Header rows of both formats and a row with packed items in public code',
  signatures: [
    ['order_id', 'date', 'order_total', 'line_items'],
    ['order_id', 'status', 'billing_email', 'line_items'],
    ['order_id', 'date', 'order_total', 'item_name', 'item_quantity'],
  ],
  decimalMark: '.',
  columns: [
    { field: 'externalId', headers: ['order_id'], required: true, usual: true },
    { field: 'email', headers: ['billing_email', 'customer_email'], alternatives: true, usual: true },
    { field: 'firstName', headers: ['billing_first_name'], usual: true },
    { field: 'lastName', headers: ['billing_last_name'], usual: true },
    { field: 'billingState', headers: ['billing_state'] },
    { field: 'billingCountry', headers: ['billing_country'] },
    { field: 'status', headers: ['status'], required: true, usual: true },
    { field: 'amount', headers: ['order_total'], usual: true },
    { field: 'refundedAmount', headers: ['refunded_total'] },
    { field: 'shippingAmount', headers: ['shipping_total'] },
    { field: 'currency', headers: ['order_currency'] },
    { field: 'pledgedAt', headers: ['date'], usual: true },
    { field: 'notes', headers: ['customer_note'] },
    { field: 'productSku', headers: ['item_sku'] },
    { field: 'productName', headers: ['item_name'] },
    { field: 'quantity', headers: ['item_quantity'] },
    { field: 'shippingAddress1', headers: ['shipping_address_1'] },
    { field: 'shippingAddress2', headers: ['shipping_address_2'] },
    { field: 'shippingCity', headers: ['shipping_city'] },
    { field: 'shippingState', headers: ['shipping_state', 'shipping_state_code'] },
    { field: 'shippingPostalCode', headers: ['shipping_postcode'] },
    { field: 'shippingCountry', headers: ['shipping_country'] },
    { field: 'shippingPhone', headers: ['shipping_phone', 'billing_phone'], alternatives: true },
  ],
  itemGroups: [{ repeat: 'same-names', packed: 'line_items', onlyWithout: ['item_name'] }],
  kept: [
    'order_number',
    'order_number_formatted',
    'shipping_tax_total',
    'fee_total',
    'fee_tax_total',
    'tax_total',
    'cart_discount',
    'order_discount',
    'discount_total',
    'payment_method',
    'shipping_method',
    'customer_id',
    'billing_full_name',
    'billing_company',
    'billing_address_1',
    'billing_address_2',
    'billing_postcode',
    'billing_city',
    'shipping_first_name',
    'shipping_last_name',
    'shipping_full_name',
    'shipping_company',
    'line_items',
    'shipping_items',
    'fee_items',
    'tax_items',
    'coupons',
    'coupon_items',
    'refunds',
    'order_notes',
    'download_permissions',
    'item_id',
    'item_product_id',
    'item_subtotal',
    'item_subtotal_tax',
    'item_total',
    'item_total_tax',
    'item_refunded',
    'item_refunded_qty',
    'item_meta',
  ],
  secrets: [/^order key$/],
  statuses: woocommerceStatuses,
  orderRows: 'repeated',
});
