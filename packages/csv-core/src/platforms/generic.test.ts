import { describe, expect, it } from 'vitest';
import { mapKeys } from '../map-keys.js';

describe('a generic file', () => {
  it.each([
    ['bezahlt', 'COLLECTED'],
    ['Storniert', 'CANCELED'],
    ['offen', 'PENDING'],
    ['payé', 'COLLECTED'],
    ['En attente', 'PENDING'],
    ['pagado', 'COLLECTED'],
    ['reembolsado', 'REFUNDED'],
    ['annullato', 'CANCELED'],
    ['支払済み', 'COLLECTED'],
    ['已取消', 'CANCELED'],
    ['환불', 'REFUNDED'],
  ])('has the payment status %j read in another language than English', (word, status) => {
    const { records } = mapKeys(['Order ID', 'Email', 'Status'], [['A-1', 'ada@example.com', word]]);
    expect(records[0]?.pledge).toMatchObject({ status, statusRaw: word });
  });

  it.each([
    ['succeeded', 'COLLECTED'],
    ['requires_capture', 'PENDING'],
    ['Disputed', 'ERRORED'],
    ['Partially refunded', 'COLLECTED'],
    ['wc-processing', 'COLLECTED'],
    ['wc-on-hold', 'PENDING'],
    ['Attending', 'COLLECTED'],
    ['Not paid', 'PENDING'],
    ['Validé', 'COLLECTED'],
    ['买家已付款，等待卖家发货', 'COLLECTED'],
    ['交易关闭', 'CANCELED'],
  ])('has the payment status %j of a shop or a payment program read', (word, status) => {
    const { records } = mapKeys(['Order ID', 'Email', 'Status'], [['A-1', 'ada@example.com', word]]);
    expect(records[0]?.pledge).toMatchObject({ status, statusRaw: word });
  });

  it.each(['shipped', 'Delivered', 'closed'])('does not guess what %j says about the payment', (word) => {
    const { rejects } = mapKeys(['Order ID', 'Email', 'Status'], [['A-1', 'ada@example.com', word]]);
    expect(rejects[0]?.issues).toMatchObject([{ code: 'unknown_status', value: word }]);
  });

  const headers = ['Order ID', 'Email', 'Status', 'Total', 'SKU', 'Qty'];
  const first = ['A-1', 'ada@example.com', 'paid', '30.00', 'LAN', '1'];

  it('has an order go on in a row with a product, and with neither number, person nor amount', () => {
    const { records, rejects, issues } = mapKeys(headers, [
      first,
      ['', '', '', '', 'WICK', '2'],
      ['A-2', 'bo@example.com', 'paid', '10.00', 'WICK', '1'],
    ]);
    expect(rejects).toEqual([]);
    expect(issues).toEqual([]);
    expect(records.map(({ pledge }) => pledge?.items)).toMatchObject([
      [
        { productKey: 'LAN', quantity: 1 },
        { productKey: 'WICK', quantity: 2 },
      ],
      [{ productKey: 'WICK', quantity: 1 }],
    ]);
  });

  it.each([
    ['a person', ['', 'bo@example.com', '', '', 'WICK', '2']],
    ['an amount', ['', '', '', '5.00', 'WICK', '2']],
  ])('has no order go on in a row with %s of its own', (_, row) => {
    const { records, rejects } = mapKeys(headers, [first, row]);
    expect(records).toHaveLength(1);
    expect(rejects.map(({ row, issues }) => [row, issues.map(({ code }) => code)])).toEqual([
      [2, expect.arrayContaining(['missing_value'])],
    ]);
  });
});
