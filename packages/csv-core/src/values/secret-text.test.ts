import { describe, expect, it } from 'vitest';
import { secretText } from './secret-text.js';

describe('secretText', () => {
  it.each([
    ['192.0.2.7', 'ip-address'],
    ['192.0.2.7:443', 'ip-address'],
    ['2001:db8::1', 'ip-address'],
    ['::ffff:192.0.2.7', 'ip-address'],
    ['DE89 3704 0044 0532 0130 00', 'bank-account'],
    ['GB82WEST12345698765432', 'bank-account'],
    ['4111 1111 1111 1111', 'card-number'],
    ['378282246310005', 'card-number'],
    ['https://example.com/tickets/ti_secret1', 'token-link'],
    ['https://example.com/edit?key=9f8e7d6c5b4a', 'token-link'],
    ['https://example.com/o/123e4567-e89b-12d3-a456-426614174000', 'token-link'],
  ] as const)('finds in %s: %s', (cell, kind) => {
    expect(secretText(cell)).toBe(kind);
  });

  it.each([
    '',
    'Ada Lovelace',
    '1.2.3',
    '10:15:30',
    '2024-03-01 10:15:30',
    '256.1.1.1',
    'DE89 3704 0044 0532 0130 01',
    '4111 1111 1111 1112',
    '1234567890123456',
    'https://example.com/products/brass-lantern',
    'https://example.com/',
    'A-1001',
  ])('finds nothing in %s', (cell) => {
    expect(secretText(cell)).toBeNull();
  });
});
