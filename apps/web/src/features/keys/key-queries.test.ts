import { expect, it } from 'vitest';
import { stateOf } from './key-queries.js';

it('A key is valid until it is revoked or its time is over', () => {
  const now = new Date('2026-11-30T12:00:00Z');
  expect(stateOf({ revokedAt: null, expiresAt: null }, now)).toBe('valid');
  expect(stateOf({ revokedAt: null, expiresAt: '2026-11-30T12:00:01.000Z' }, now)).toBe('valid');
  expect(stateOf({ revokedAt: null, expiresAt: '2026-11-30T12:00:00.000Z' }, now)).toBe('expired');
  expect(stateOf({ revokedAt: '2026-11-29T12:00:00.000Z', expiresAt: '2026-11-30T12:00:00.000Z' }, now)).toBe(
    'revoked',
  );
});
