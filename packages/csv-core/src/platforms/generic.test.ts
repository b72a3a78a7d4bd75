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
});
