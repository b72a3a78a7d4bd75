import type { LookupFunction } from 'node:net';
import type { AddressPolicy } from './address-policy.js';

/** How webhooks are sent. */
export interface WebhookSenderOptions extends AddressPolicy {
  /** For the whole attempt: resolving, connecting, answer. Milliseconds. */
  readonly timeoutMs: number;
  /** Further certificate authorities (PEM), for tests. */
  readonly ca?: string;
  /** `dns.lookup` by default; for tests. */
  readonly lookup?: LookupFunction;
}
