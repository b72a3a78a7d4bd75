import { definePlatform } from './platform.js';

/**
 * Indiegogo's export of contributions, as it was until January 2024: one row per contribution. Indiegogo does not
 * document the file. The header row of 2015 and four of its rows are in a comment of code.org's public mailing scripts,
 * the header row of 2024 in the README of github.com/functionland/testnet-server. Help articles 202916358 and
 * 115011304808 (https://support.indiegogo.com/hc/en-us/articles/202916358) describe the tabs, the words for fulfillment
 * and the import of tracking numbers. No other format was found for InDemand.
 *
 * Since 2025 Indiegogo has run on the system of Gamefound and writes files with Gamefound's headers.
 *
 * - The items of a perk are beside each other: the same five headers repeat as often as the campaign's largest order
 *   needs. There is no quantity: each item is one unit, and the same SKU twice is two units.
 * - A contribution without a perk has a `Pledge ID`, but neither `Perk ID` nor `Order No.`
 * - No column has the status of the payment: the file contains only paid contributions. `Fulfillment Status` is about
 *   shipping, and is `No Perk` where there is nothing to ship.
 * - Postal codes and phone numbers have a spreadsheet guard: `="00971"`. Names have blanks around them.
 * - `Appearance` is how the public sees the contribution. Anonymous ones may have no name and e-mail address.
 */
export const indiegogo = definePlatform({
  name: 'indiegogo',
  title: 'Indiegogo',
  evidence:
    'Header rows of 2015 and 2024 quoted in public code, with sample rows of 2015; no whole file seen',
  certainty: 0.95,
  signatures: [
    ['Perk ID', 'Pledge ID'],
    ['Order No.', 'Funding Date'],
    ['Pledge ID', 'Funding Date', 'Appearance'],
  ],
  decimalMark: '.',
  columns: [
    { field: 'externalId', headers: ['Pledge ID'], required: true, usual: true },
    { field: 'backerName', headers: ['Name'], usual: true },
    { field: 'email', headers: ['Email'], usual: true },
    { field: 'amount', headers: ['Amount'], required: true, usual: true },
    { field: 'shippingAmount', headers: ['Shipping Fees'] },
    { field: 'pledgedAt', headers: ['Funding Date'], usual: true },
    { field: 'fulfillment', headers: ['Fulfillment Status'], usual: true },
    { field: 'rewardId', headers: ['Perk ID'], usual: true },
    { field: 'rewardTitle', headers: ['Perk'], usual: true },
    { field: 'shippingName', headers: ['Shipping Name'] },
    { field: 'shippingPhone', headers: ['Shipping Phone Number'] },
    { field: 'shippingAddress1', headers: ['Shipping Address'] },
    { field: 'shippingAddress2', headers: ['Shipping Address 2'] },
    { field: 'shippingCity', headers: ['Shipping City'] },
    { field: 'shippingState', headers: ['Shipping State/Province'] },
    { field: 'shippingPostalCode', headers: ['Shipping Zip/Postal Code'] },
    { field: 'shippingCountry', headers: ['Shipping Country'] },
  ],
  itemGroups: [
    {
      repeat: 'same-names',
      name: 'Item Name',
      sku: 'Item SKU',
      options: ['Option 1', 'Option 2', 'Option 3'],
    },
  ],
  kept: [
    'Order No.',
    'Referrer ID',
    'Payment Method',
    'Appearance',
    'Platform Fee',
    'Transaction Fee',
    'Carrier',
    'Tracking Number',
  ],
  statusRequired: false,
});
