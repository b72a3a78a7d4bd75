import ipaddr from 'ipaddr.js';

/** To which addresses webhooks may go. */
export interface AddressPolicy {
  /** Allows http, private networks, loopback and localhost, for local development. */
  readonly allowPrivate: boolean;
}

/** All public IPv6 addresses are in this range (RFC 4291, 2.4); others are unassigned or special. */
const publicV6 = ipaddr.IPv6.parseCIDR('2000::/3');
/** Azure's metadata and DNS service answers at a public address. */
const azureWireServer = '168.63.129.16';

const privateRanges = ['loopback', 'private', 'uniqueLocal'];

/**
 * Whether a webhook may connect to this IPv4 or IPv6 address.
 *
 * IPv6 addresses that contain an IPv4 address (mapped, compatible, NAT64, 6to4, Teredo) never count as public: no
 * public server needs one, and whoever translates them decides where they lead.
 */
export function mayConnectTo(address: string, policy: AddressPolicy): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  const range = parsed.range();
  if (policy.allowPrivate && privateRanges.includes(range)) return true;
  if (range !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv6 ? parsed.match(publicV6) : parsed.toString() !== azureWireServer;
}

/** The message for the merchant about a host that webhooks may not connect to. */
export function notPublic(host: string): string {
  return `The address of ${host} is not public. Use a server that the internet can reach.`;
}
