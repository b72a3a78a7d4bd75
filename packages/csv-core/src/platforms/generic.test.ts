import { expect, it } from 'vitest';
import { mapKeys } from '../map-keys.js';

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
])('reads the payment status %j of a list that somebody keeps in their own language', (word, status) => {
  const { records } = mapKeys(['Order ID', 'Email', 'Status'], [['A-1', 'ada@example.com', word]]);
  expect(records[0]?.pledge).toMatchObject({ status, statusRaw: word });
});
