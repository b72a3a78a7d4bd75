import { definePlatform } from './platform.js';

/**
 * Shopify's export of customers (`customers_export.csv`): people, with what they have spent in all, but no orders. The
 * columns of the address had no prefix before 2024.
 */
export const shopifyCustomers = definePlatform({
  name: 'shopify-customers',
  title: 'Shopify customers',
  evidence: "Shopify's help pages and header rows in public code, 2019 to 2026",
  certainty: 0.95,
  signatures: [
    ['Accepts Email Marketing', 'Total Orders'],
    ['Accepts Email Marketing', 'Total Spent'],
    ['Accepts Marketing', 'Total Orders', 'Total Spent'],
  ],
  columns: [
    { field: 'backerExternalId', headers: ['Customer ID'] },
    { field: 'email', headers: ['Email'], usual: true },
    { field: 'firstName', headers: ['First Name'], usual: true },
    { field: 'lastName', headers: ['Last Name'], usual: true },
    { field: 'billingState', headers: ['Default Address Province Code', 'Province Code'] },
    { field: 'billingCountry', headers: ['Default Address Country Code', 'Country Code'] },
  ],
  ignored: [
    'Accepts Email Marketing',
    'Accepts Marketing',
    'Accepts SMS Marketing',
    'Default Address Company',
    'Default Address Address1',
    'Default Address Address2',
    'Default Address City',
    'Default Address Zip',
    'Default Address Phone',
    'Company',
    'Address1',
    'Address2',
    'City',
    'Province',
    'Country',
    'Zip',
    'Phone',
    'Total Spent',
    'Total Orders',
    'Note',
    'Tax Exempt',
    'Tags',
  ],
  statusRequired: false,
  holdsPledges: false,
});
