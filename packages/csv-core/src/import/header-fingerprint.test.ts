import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeHeader } from '../header/normalize-header.js';
import { storableText } from '../text/shown-text.js';
import { headerFingerprint } from './header-fingerprint.js';

/** Stored templates have this hash, so it must never change. */
const byNode = (text: string) => createHash('sha256').update(text).digest('hex');

describe('headerFingerprint', () => {
  it('is the hash of the normalised headers in their order', () => {
    expect(headerFingerprint(['Order ID', ' E-Mail'])).toBe(byNode('["order id","e-mail"]'));
    expect(headerFingerprint(['E-Mail', 'Order ID'])).toBe(byNode('["e-mail","order id"]'));
  });

  it('is the same for headers as the file has them and as they are stored', () => {
    const headers = ['Na\0me', 'half \ud83d'];
    expect(headerFingerprint(headers)).toBe(headerFingerprint(headers.map(storableText)));
  });

  it('is the same hash that Node makes, for any headers', () => {
    const names = fc.array(fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(names, (headers) => {
        expect(headerFingerprint(headers)).toBe(
          byNode(JSON.stringify(headers.map((header) => normalizeHeader(storableText(header))))),
        );
      }),
    );
  });
});
