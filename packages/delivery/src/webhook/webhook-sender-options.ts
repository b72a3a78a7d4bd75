import type { LookupFunction } from 'node:net';
import type { AddressPolicy } from './address-policy.js';

/** How webhooks are sent. */
export interface WebhookSenderOptions extends AddressPolicy {
  /** For the whole attempt (DNS lookup, connection, answer), in milliseconds. */
  readonly timeoutMs: number;
  /** More certificate authorities to trust (PEM), for tests. */
  readonly ca?: string;
  /** `dns.lookup` by default; for tests. */
  readonly lookup?: LookupFunction;
}
