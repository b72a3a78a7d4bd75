import { definePlatform } from './platform.js';

/**
 * Ko-fi's export of transactions, one row per payment of a supporter or by the owner of the page. The columns of the
 * buyer's address are in files of shops only.
 *
 * - `Received` is money from a supporter. `Given` is money that the owner of the page paid to others, which is no pledge.
 * - No column has the status: the file has payments that were made.
 * - `Item` is what was bought or the name of the membership; it is blank for a tip.
 */
export const koFi = definePlatform({
  name: 'ko-fi',
  title: 'Ko-fi',
  evidence: 'Column names as importers and supporters quote them; no file seen',
  certainty: 0.85,
  signatures: [
    ['TransactionType', 'TransactionId', 'Received'],
    ['DateTime (UTC)', 'Received', 'Given'],
  ],
  decimalMark: '.',
  columns: [
    { field: 'externalId', headers: ['TransactionId', 'Transaction Id'], required: true, usual: true },
    { field: 'backerName', headers: ['From'], usual: true },
    { field: 'email', headers: ['BuyerEmail', 'Buyer Email', 'Email'] },
    { field: 'amount', headers: ['Received'], required: true, usual: true },
    { field: 'currency', headers: ['Currency'], usual: true },
    { field: 'pledgedAt', headers: ['DateTime (UTC)', 'DateTime'], usual: true },
    { field: 'notes', headers: ['Message'], usual: true },
    { field: 'rewardTitle', headers: ['Item'], usual: true },
    { field: 'quantity', headers: ['Quantity'] },
    { field: 'shippingAddress1', headers: ['BuyerStreet', 'BuyerAddress'] },
    { field: 'shippingCity', headers: ['BuyerCity'] },
    { field: 'shippingState', headers: ['BuyerState', 'BuyerStateOrProvince'] },
    { field: 'shippingPostalCode', headers: ['BuyerPostalCode', 'BuyerPostCode'] },
    { field: 'shippingCountry', headers: ['BuyerCountryCode', 'BuyerCountry'] },
  ],
  kept: [
    'Given',
    'TransactionType',
    'Reference',
    'SalesTax',
    'SalesTaxPercentage',
    'SalesTaxIncludedInPrice?',
    'Shipping',
    'Discount',
    'DiscountCode',
  ],
  statusRequired: false,
  refusedRows: [
    {
      header: 'Given',
      pattern: /[1-9]/,
      message:
        'This is money that was given to others, not a pledge. Nothing is to be done if you expected this row.',
    },
    {
      header: 'TransactionType',
      pattern: /refund|payout|fee\b/i,
      message:
        'This transaction is no payment of a supporter, so it is no pledge. Correct its pledge by hand if it was refunded.',
    },
  ],
});
