import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { type AddressPolicy, mayConnectTo, notPublic } from './address-policy.js';

/** A host name resolves to an address to which webhooks may not go. */
export class NotPublicError extends Error {
  override readonly name = 'NotPublicError';
  constructor(host: string) {
    super(notPublic(host));
  }
}

/**
 * Wraps a DNS lookup so that it fails unless webhooks may connect to every address it found. A socket with this lookup
 * connects to one of these addresses; nothing is resolved a second time.
 */
export function guardLookup(lookup: LookupFunction, policy: AddressPolicy): LookupFunction {
  return (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, answer, family) => {
      const addresses = asList(answer, family);
      if (error) callback(error, []);
      else if (addresses.length === 0) callback(notFound(host), []);
      else if (!addresses.every(({ address }) => mayConnectTo(address, policy))) {
        callback(new NotPublicError(host), []);
      } else callback(null, addresses);
    });
  };
}

function asList(answer: string | LookupAddress[], family: number | undefined): LookupAddress[] {
  return typeof answer === 'string' ? [{ address: answer, family: family ?? 0 }] : answer;
}

function notFound(host: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`No address of ${host}`), { code: 'ENOTFOUND' });
}
