import ipaddr from 'ipaddr.js';

/** Where webhooks may go. */
export interface AddressPolicy {
  /** For local development: http, and addresses of private networks, loopback and localhost. */
  readonly allowPrivate: boolean;
}

/** Everything that was ever handed out as public IPv6 (RFC 4291, 2.4); the rest is unassigned or special. */
const publicV6 = ipaddr.IPv6.parseCIDR('2000::/3');
/** Azure's metadata and DNS service answers at a public address. */
const azureWireServer = '168.63.129.16';

const privateRanges = ['loopback', 'private', 'uniqueLocal'];

/**
 * Whether a webhook may connect to this IPv4 or IPv6 address.
 *
 * Addresses that carry an IPv4 address (mapped, compatible, NAT64, 6to4, Teredo) never are public, whatever they
 * carry: no public server needs one, and who translates them decides where they lead.
 */
export function mayConnectTo(address: string, policy: AddressPolicy): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  const range = parsed.range();
  if (policy.allowPrivate && privateRanges.includes(range)) return true;
  if (range !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv6 ? parsed.match(publicV6) : parsed.toString() !== azureWireServer;
}

/** What is wrong with a host that may not be connected to, as a sentence for the merchant. */
export function notPublic(host: string): string {
  return `The address of ${host} is not public. Use a server that the internet can reach.`;
}
