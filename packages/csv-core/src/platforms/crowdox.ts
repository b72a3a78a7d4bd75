import { definePlatform } from './platform.js';

/**
 * CrowdOx's export of line items: one row per chosen product, with the order repeated in each row. CrowdOx does not
 * document the file. The header row is quoted in public scripts of 2021 that convert the file. The export mapper of
 * Swytch (a Laravel application around CrowdOx's API) has the same columns, and adds `Order Notes` and a column for
 * each field that the project defines itself; these are kept. Help article f3gxh228dj
 * (https://help.crowdox.com/articles/f3gxh228dj-how-to-create-the-order-selections-file) explains the different numbers
 * of an order (`CROWDOX-1111111`, external order id) and warns that one e-mail address may have several orders.
 *
 * - `Order Source` and `Order Source Number` name the platform where the pledge was made, and its number there. No row
 *   was seen: it is assumed that the source is written `Kickstarter` or `Indiegogo`. With any other source the pledge
 *   has CrowdOx's own key.
 * - The words of `Order Status` are not known (they are about survey and locks), so it is kept. The status of the
 *   payment follows from the dates of payment and cancellation. The meaning of `Order Refused Date` is not known.
 * - Dates are month/day/year, as the scripts read them.
 * - `Manage Url` and `Survey Url` let anyone open the order. They are never stored, as on every platform.
 * - States are written as backers typed them: `ONTARIO`, `N Y.` The only name of the backer is that of the recipient.
 */
export const crowdox = definePlatform({
  name: 'crowdox',
  title: 'CrowdOx',
  evidence:
    'A header row quoted in public scripts of 2021, which show how dates are written; no row seen, the words for where pledges were made are assumed',
  certainty: 0.9,
  signatures: [
    ['Original Configuration Name'],
    ['Order Refused Date'],
    ['Manage Url', 'Survey Url'],
    ['Order Source Number', 'Product Bundle'],
  ],
  decimalMark: '.',
  columns: [
    { field: 'externalId', headers: ['Order Number'], required: true, usual: true },
    { field: 'originPlatform', headers: ['Order Source'], usual: true },
    { field: 'originExternalId', headers: ['Order Source Number'], usual: true },
    { field: 'email', headers: ['Email'], usual: true },
    { field: 'amount', headers: ['Order Total'], required: true, usual: true },
    { field: 'shippingAmount', headers: ['Order Shipping Paid'] },
    { field: 'pledgedAt', headers: ['Order Created Date'], usual: true },
    { field: 'notes', headers: ['Order Internal Notes'] },
    { field: 'shippingName', headers: ['Ship To Full Name'] },
    { field: 'shippingAddress1', headers: ['Ship To Address 1'], usual: true },
    { field: 'shippingAddress2', headers: ['Ship To Address 2'] },
    { field: 'shippingCity', headers: ['Ship To City'] },
    { field: 'shippingState', headers: ['Ship To State'] },
    { field: 'shippingPostalCode', headers: ['Ship To Postal Code'] },
    { field: 'shippingCountry', headers: ['Ship To Country Code', 'Ship To Country'], alternatives: true },
    { field: 'shippingPhone', headers: ['Ship To Phone'] },
    { field: 'productSku', headers: ['Product Sku'], usual: true },
    { field: 'productName', headers: ['Product Name'], usual: true },
    { field: 'quantity', headers: ['Product Quantity'], usual: true },
  ],
  orderRows: 'repeated',
  origins: { kickstarter: 'kickstarter', indiegogo: 'indiegogo' },
  statusRequired: false,
  statusRules: [
    { header: 'Order Canceled Date', status: 'CANCELED' },
    { header: 'Order Paid Date', status: 'COLLECTED' },
  ],
  kept: [
    'Order Export Number',
    'Order Status',
    'Order Source Sequence',
    'Order Invited Date',
    'Order Paid Date',
    'Order Completed Date',
    'Order Canceled Date',
    'Order Refused Date',
    'Order Sales Tax',
    'Order Vat Tax',
    'Order Customs Tax',
    'Order Amount Paid',
    'Order Tax Paid',
    'Order Balance',
    'Order Notes',
    'Original Configuration Name',
    'Configuration Name',
    'Ship To Company Name',
    'Ship To First Name',
    'Ship To Middle Name',
    'Ship To Last Name',
    'Ship To Address 3',
    'Ship To Location',
    'Product Bundle',
    'Product Line',
    'Product Weight',
    'Product Length',
    'Product Width',
    'Product Height',
  ],
  dateOrder: 'mdy',
});
