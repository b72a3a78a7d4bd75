import { definePlatform } from './platform.js';

/** The types of PayPal's transactions that are money from a buyer … */
const fromBuyer = 'payments?|donations?|purchase|web accept|money received|virtual terminal';
/** … unless one of these words says that it is not, or that another row has the money. */
const notFromBuyer =
  'refund|reversal|chargeback|hold|release|authori[sz]ation|withdrawal|conversion|deposit|transfer|fees?|loan|sent|item|order|cancell?ation|dispute';

/** A minus or a bracket before the digits, or a minus behind them. */
const NEGATIVE = /^\D*[-−–(]\D*\d|\d\s*[-−–]$/;

/**
 * PayPal's report of the activity of an account, in English. It is a statement: beside payments of buyers it has
 * refunds, fees, payments to others and transfers to the bank. Only money received is a pledge, all other rows are
 * rejected with the reason.
 *
 * - `Gross` is what the buyer has paid. It is negative where money was paid out. `Balance Impact` says the same.
 * - A refund is a row of its own, with the number of the payment in `Reference Txn ID` and the buyer in `To Email Address`. It is
 *   read as a row of that payment. Without the number it is rejected. In older files the row of the payment itself then has the
 *   status `Refunded`.
 * - Date, time and time zone are three columns. The order of day and month depends on the account.
 * - `From Email Address` is the buyer. The headers of early files begin with a blank.
 */
export const paypal = definePlatform({
  name: 'paypal',
  title: 'PayPal activity',
  evidence: 'Header rows and rows in public issues and importers, 2017 to 2026',
  signatures: [
    ['Transaction ID', 'Gross', 'Net', 'From Email Address'],
    ['Transaction ID', 'Gross', 'Balance Impact'],
    ['Transaction ID', 'Gross', 'Reference Txn ID'],
  ],
  columns: [
    { field: 'externalId', headers: ['Transaction ID'], required: true, usual: true },
    { field: 'email', headers: ['From Email Address'], usual: true },
    { field: 'backerName', headers: ['Name'], usual: true },
    { field: 'status', headers: ['Status'], required: true, usual: true },
    { field: 'amount', headers: ['Gross'], required: true, usual: true },
    { field: 'shippingAmount', headers: ['Shipping and Handling Amount'] },
    { field: 'currency', headers: ['Currency'], usual: true },
    { field: 'pledgedAt', headers: ['Date'], followedBy: ['Time', 'TimeZone', 'Time Zone'], usual: true },
    { field: 'notes', headers: ['Note'] },
    { field: 'shippingAddress1', headers: ['Address Line 1'] },
    { field: 'shippingAddress1', headers: ['Shipping Address'], onlyWithout: ['Address Line 1'] },
    {
      field: 'shippingAddress2',
      headers: ['Address Line 2/District/Neighborhood', 'Address Line 2/District'],
    },
    { field: 'shippingCity', headers: ['Town/City'] },
    {
      field: 'shippingState',
      headers: ['State/Province/Region/County/Territory/Prefecture/Republic', 'State/Province', 'County'],
    },
    { field: 'shippingPostalCode', headers: ['Zip/Postal Code', 'Postcode'] },
    { field: 'shippingCountry', headers: ['Country Code', 'Country'], alternatives: true },
    { field: 'shippingPhone', headers: ['Contact Phone Number'] },
  ],
  itemGroups: [
    {
      repeat: 'same-names',
      sku: 'Item ID',
      name: 'Item Title',
      options: ['Option 1 Value', 'Option 2 Value'],
      quantity: 'Quantity',
    },
  ],
  kept: [
    'Time',
    'TimeZone',
    'Time Zone',
    'Type',
    'Fee',
    'Net',
    'To Email Address',
    'Counterparty Status',
    'Shipping Address',
    'Address Status',
    'Insurance Amount',
    'Sales Tax',
    'Option 1 Name',
    'Option 2 Name',
    'Auction Site',
    'Buyer ID',
    'Item URL',
    'Closing Date',
    'Reference Txn ID',
    'Invoice Number',
    'Custom Number',
    'Receipt ID',
    'Balance',
    'Subject',
    'Balance Impact',
  ],
  statuses: {
    cleared: 'COLLECTED',
    uncleared: 'PENDING',
    unclaimed: 'PENDING',
    held: 'PENDING',
    placed: 'PENDING',
    created: 'PENDING',
    'under review': 'PENDING',
    denied: 'ERRORED',
    expired: 'ERRORED',
    removed: 'CANCELED',
    reversed: 'REFUNDED',
  },
  refundRows: {
    tests: [
      { header: 'Type', pattern: /^(?!.*\bfees?\b).*\b(?:refund|reversal|chargeback)\b/i },
      { header: 'Gross', pattern: NEGATIVE },
    ],
    moves: [
      { field: 'externalId', header: 'Reference Txn ID' },
      { field: 'email', header: 'To Email Address' },
    ],
  },
  refusedRows: [
    {
      header: 'Type',
      pattern: /\b(?:refund|reversal|chargeback)\b/i,
      shows: 'Reference Txn ID',
      message:
        'This row is a refund, not a pledge, and it does not name the number and the buyer of its payment in "Reference Txn ID" and "To Email Address". Fill them in, or write the status Refunded in the row of the payment if all of it was paid back.',
    },
    {
      header: 'Gross',
      pattern: NEGATIVE,
      message:
        'This is money that was paid out, not a pledge. Nothing is to be done if you expected this row.',
    },
    {
      header: 'Balance Impact',
      pattern: /^debit$/i,
      message:
        'This is money that was paid out, not a pledge. Nothing is to be done if you expected this row.',
    },
    {
      header: 'Type',
      pattern: new RegExp(`^(?!.*\\b(?:${fromBuyer})\\b)|\\b(?:${notFromBuyer})\\b`, 'i'),
      message:
        'This type of transaction is no payment of a buyer, so it is no pledge. Nothing is to be done if you expected this row.',
    },
  ],
});
