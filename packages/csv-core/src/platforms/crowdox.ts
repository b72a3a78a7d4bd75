import { definePlatform } from './platform.js';

/**
 * CrowdOx's export of line items: one row per product that was chosen, with the order repeated in each. There is no
 * reference by CrowdOx. The header row stands in public scripts of 2021 that turn the file into another one; the export
 * mapper of Swytch (a Laravel application around CrowdOx's API) names the same columns, and adds `Order Notes` and a
 * column for each field that the project defines itself: these are kept under their header. Help article f3gxh228dj
 * (https://help.crowdox.com/articles/f3gxh228dj-how-to-create-the-order-selections-file) tells the order's numbers
 * (`CROWDOX-1111111`, external order id) apart and warns that one e-mail may own several orders.
 *
 * - `Order Source` and `Order Source Number` say where the pledge was made. That the source is called `Kickstarter` or
 *   `Indiegogo`, and that the number is the pledge's number there, is assumed: no row was seen. With any other source
 *   the pledge has CrowdOx's own key.
 * - Which words `Order Status` uses is not known (they tell of survey and locks): it is kept. The dates of payment and
 *   of cancellation tell of the payment. What `Order Refused Date` means is not known either.
 * - Dates are month/day/year, as the scripts read them.
 * - `Manage Url` and `Survey Url` open the order to whoever has them: never stored, as for every platform.
 * - States are written as backers do: `ONTARIO`, `N Y.` There is no name of the backer besides that on the parcel.
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
