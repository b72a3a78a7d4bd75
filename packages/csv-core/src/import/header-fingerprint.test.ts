import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { normalizeHeader } from '../header/normalize-header.js';
import { headerFingerprint } from './header-fingerprint.js';

/** As templates are stored under it. */
const byNode = (text: string) => createHash('sha256').update(text).digest('hex');

it('A fingerprint is that of the normalised names in their order', () => {
  expect(headerFingerprint(['Order ID', ' E-Mail'])).toBe(byNode('["order id","e-mail"]'));
  expect(headerFingerprint(['E-Mail', 'Order ID'])).toBe(byNode('["e-mail","order id"]'));
});

it('A fingerprint of any names is the hash that Node makes of them', () => {
  const names = fc.array(fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(names, (headers) => {
      expect(headerFingerprint(headers)).toBe(byNode(JSON.stringify(headers.map(normalizeHeader))));
    }),
  );
});
