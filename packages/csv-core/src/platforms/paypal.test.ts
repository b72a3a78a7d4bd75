import { describe, expect, it } from 'vitest';
import { mapKeys } from '../map-keys.js';

const headers = [
  'Transaction ID',
  'Name',
  'Type',
  'Status',
  'Currency',
  'Gross',
  'Net',
  'From Email Address',
];
const payment = ['T-1', 'Ada', 'Website Payment', 'Completed', 'USD', '5.00', '4.50', 'ada@example.com'];

function dateOf(columns: Readonly<Record<string, string>>): string | null | undefined {
  const all = [...headers, ...Object.keys(columns)];
  const { records } = mapKeys(all, [[...payment, ...Object.values(columns)]]);
  return records[0]?.pledge?.pledgedAt;
}

describe('the date of a payment at PayPal', () => {
  it.each([
    [{ Date: '03/24/2025', Time: '07:22:17', TimeZone: 'PDT' }, '2025-03-24T14:22:17.000Z'],
    [{ Time: '07:22:17', 'Time Zone': 'Europe/Berlin', Date: '24/03/2025' }, '2025-03-24T06:22:17.000Z'],
    [{ Date: '03/24/2025', Time: '07:22:17', TimeZone: '' }, '2025-03-24T07:22:17.000Z'],
    [{ Date: '03/24/2025', Time: '', TimeZone: '' }, '2025-03-24T00:00:00.000Z'],
    [{ Date: '03/24/2025', Time: '', TimeZone: 'PDT' }, '2025-03-24T00:00:00.000Z'],
    [{ Date: '03/24/2025', TimeZone: 'PDT' }, '2025-03-24T00:00:00.000Z'],
    [{ Date: '03/24/2025' }, '2025-03-24T00:00:00.000Z'],
    [{ Date: '', Time: '07:22:17', TimeZone: 'PDT' }, null],
  ])('is made of the columns %j that the file has', (columns, date) => {
    expect(dateOf(columns)).toBe(date);
  });
});

describe('a row of PayPal', () => {
  const codeOf = (type: string, gross: string) => {
    const { records, rejects } = mapKeys(headers, [payment.with(2, type).with(5, gross)]);
    return rejects[0]?.issues[0]?.code ?? records[0]?.pledge?.status;
  };

  it.each([
    'Website Payment',
    'Express Checkout Payment',
    'Donation Payment',
    'Subscription Payment',
    'Web Accept Payment Received',
    'Virtual Terminal Transaction',
  ])('of the type %s is a pledge', (type) => {
    expect(codeOf(type, '5.00')).toBe('COLLECTED');
  });

  it.each([
    'Payment Refund',
    'Payment Reversal',
    'Chargeback Reversal',
    'Payment Hold',
    'Shopping Cart Item',
    'General Authorization',
    'Bank Deposit to PP Account',
    'Something New',
  ])('of the type %s is none', (type) => {
    expect(codeOf(type, '5.00')).toBe('no_pledge');
  });

  it.each(['-5.00', '−5,00', '-$5.00', '(5.00)', '$-5.00'])('with the amount %s is none', (gross) => {
    expect(codeOf('Website Payment', gross)).toBe('no_pledge');
  });
});

describe('a refund at PayPal', () => {
  const columns = [...headers, 'To Email Address', 'Reference Txn ID'];
  const sale = [...payment.with(5, '50.00'), 'shop@example.com', ''];
  const refundOf = (number: string, gross: string) => [
    'R-1',
    'Ada',
    'Payment Refund',
    'Completed',
    'USD',
    gross,
    gross,
    'shop@example.com',
    'ada@example.com',
    number,
  ];

  it.each([
    ['above', (refund: readonly string[]) => [refund, sale]],
    ['below', (refund: readonly string[]) => [sale, refund]],
  ])('of the whole amount %s the payment refunds its pledge', (_, rowsOf) => {
    const { records, issues } = mapKeys(columns, rowsOf(refundOf('T-1', '-50.00')));
    expect(records.map(({ pledge }) => [pledge?.externalId, pledge?.status, pledge?.amount])).toEqual([
      ['T-1', 'REFUNDED', '50.00'],
      ['T-1', 'REFUNDED', '50.00'],
    ]);
    expect(records.map(({ backer }) => backer.email)).toEqual(['ada@example.com', 'ada@example.com']);
    expect(issues.map(({ code, severity }) => [code, severity])).toEqual([['refund_row', 'warning']]);
  });

  it('of a part leaves the pledge as it is, with a warning', () => {
    const { records, issues } = mapKeys(columns, [sale, refundOf('T-1', '-20.00')]);
    expect(records.map(({ pledge }) => pledge?.status)).toEqual(['COLLECTED', 'COLLECTED']);
    expect(issues).toMatchObject([{ code: 'refund_row', severity: 'warning', row: 2, value: '-20.00' }]);
  });

  it('whose payment is not in the file is rejected, and says so', () => {
    const { rejects } = mapKeys(columns, [refundOf('T-9', '-50.00')]);
    expect(rejects[0]?.issues).toMatchObject([
      { code: 'negative_amount', message: expect.stringContaining('Send it together with its sale') },
    ]);
  });

  it('without the number of its payment is rejected with the columns to fill', () => {
    const { rejects } = mapKeys(columns, [sale, refundOf('', '-50.00')]);
    expect(rejects).toMatchObject([
      { row: 2, issues: [{ code: 'no_pledge', message: expect.stringContaining('"Reference Txn ID"') }] },
    ]);
  });

  it('is no money that comes back to the shop', () => {
    const back = refundOf('T-1', '50.00').with(2, 'Chargeback Reversal');
    expect(mapKeys(columns, [sale, back]).rejects).toMatchObject([
      { row: 2, issues: [{ code: 'no_pledge' }] },
    ]);
  });
});
