import { definePlatform } from './platform.js';

/**
 * Gamefound's report "Orders (detailed)", and presumably that of Indiegogo, which runs on Gamefound's system since 2025.
 * Little is known. github.com/seabrookstudios/calculations (2022) reads the report as CSV in UTF-16LE, one row per
 * order, after it lower-cased the headers and put `_` for their blanks: the names it uses have none, so the file's have
 * none either, but where their capitals stand is a guess that matching does not depend on. Help article 89
 * (https://help.gamefound.com/article/89-changing-pledge-stage) finds an order by `OrderPublicID`. Help articles 12,
 * 185 and 251 describe imports and payments, not this file. The default is an Excel workbook; CSV is a choice.
 *
 * Only these columns are known. Name, address, date, currency and products presumably stand in the report under headers
 * nobody has quoted: such columns are kept with the pledge, and a person may map them by hand.
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
  // Credits are what the backer had paid in the campaign before; they are part of the total.
  kept: ['CreditDiscount'],
  statuses: {
    placedandpaid: 'COLLECTED',
    placedawaitingpayment: 'PENDING',
    placedwithpaymenterror: 'ERRORED',
  },
});
