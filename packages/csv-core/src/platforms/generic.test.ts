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
});
