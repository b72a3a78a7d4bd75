import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { type AddressPolicy, mayConnectTo, notPublic } from './address-policy.js';

/** A host name leads to an address where webhooks may not go. */
export class NotPublicError extends Error {
  override readonly name = 'NotPublicError';
  constructor(host: string) {
    super(notPublic(host));
  }
}

/**
 * A lookup that fails unless every address it found may be connected to. A socket that is given it connects to one
 * of just these addresses: nothing is resolved a second time.
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
