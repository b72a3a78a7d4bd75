import { definePlatform } from './platform.js';

/**
 * Gamefound's report "Orders (detailed)", and probably that of Indiegogo, which has run on Gamefound's system since
 * 2025. Little is known. github.com/seabrookstudios/calculations (2022) reads the report as CSV in UTF-16LE, one row
 * per order. It changes headers to lower case and blanks to `_`. The names it uses have no `_`, so the headers have no
 * blanks. Their capitals are a guess, but headers are compared without case. Help article 89
 * (https://help.gamefound.com/article/89-changing-pledge-stage) finds an order by `OrderPublicID`. Help articles 12,
 * 185 and 251 describe imports and payments, not this file. The default format is an Excel workbook; CSV is optional.
 *
 * Only these columns are known. The report probably has name, address, date, currency and products under headers that
 * are not public. Such columns are kept with the pledge, and a person can map them.
 */
export const gamefound = definePlatform({
  name: 'gamefound',
  title: 'Gamefound',
  evidence:
    'Seven column names inferred from public code of 2022 and from a help page; neither a header row nor a row seen',
  certainty: 0.7,
  signatures: [['OrderState', 'ShippingLocationIsoCode'], ['OrderPublicID']],
  decimalMark: '.',
  columns: [
    { field: 'externalId', headers: ['OrderPublicID'], required: true, usual: true },
    { field: 'email', headers: ['CustomerEmail'], usual: true },
    { field: 'status', headers: ['OrderState'], required: true, usual: true },
    { field: 'amount', headers: ['TotalCost'], required: true, usual: true },
    { field: 'shippingAmount', headers: ['ShippingNetCost'], usual: true },
    { field: 'shippingCountry', headers: ['ShippingLocationIsoCode'], usual: true },
  ],
  // Credits are payments that the backer has already made in the campaign. They are part of the total.
  kept: ['CreditDiscount'],
  statuses: {
    placedandpaid: 'COLLECTED',
    placedawaitingpayment: 'PENDING',
    placedwithpaymenterror: 'ERRORED',
  },
});
