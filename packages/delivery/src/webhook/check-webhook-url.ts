import { isIP } from 'node:net';
import { type AddressPolicy, mayConnectTo, notPublic } from './address-policy.js';

const longestUrl = 2_048;

/** Domains for use inside one network (RFC 6761, 6762, 8375; ICANN's `internal`). */
const innerDomains = ['localhost', 'localdomain', 'local', 'internal', 'home.arpa', 'lan'];

/**
 * Checks the URL of a webhook without any DNS lookup. `url` is the normalised one (WHATWG URL, no fragment). `problem`
 * is a message for the merchant: what is wrong, and what to do. Never throws.
 */
export function checkWebhookUrl(
  text: string,
  policy: AddressPolicy & {
    /** Ports that are allowed unless private addresses are; any by default. */
    readonly ports?: readonly number[] | undefined;
  },
): { readonly url: string } | { readonly problem: string } {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['https:', 'http:'].includes(url.protocol)) {
    return { problem: 'This is not the URL of a web server. Write one like https://example.com/webhooks.' };
  }
  if (url.protocol === 'http:' && !policy.allowPrivate) {
    return {
      problem: 'The URL starts with http. Use https, so that nobody reads the messages on their way.',
    };
  }
  if (url.username !== '' || url.password !== '') {
    return {
      problem: 'The URL holds a user name or a password. Leave it out, and verify the signature instead.',
    };
  }
  if (url.href.length > longestUrl) {
    return { problem: `The URL is longer than ${longestUrl} characters. Use a shorter one.` };
  }
  if (!mayUsePort(url, policy)) {
    return {
      problem: `The port ${url.port} is not allowed. Use ${policy.ports?.join(' or ')}; without a port in the URL it is 443.`,
    };
  }
  if (!mayName(url.hostname.replace(/^\[(.*)\]$/, '$1'), policy)) return { problem: notPublic(url.hostname) };
  url.hash = '';
  return { url: url.href };
}

function mayUsePort(
  { port }: URL,
  { allowPrivate, ports }: AddressPolicy & { readonly ports?: readonly number[] | undefined },
): boolean {
  return allowPrivate || ports === undefined || ports.includes(port === '' ? 443 : Number(port));
}

function mayName(host: string, policy: AddressPolicy): boolean {
  if (isIP(host) !== 0) return mayConnectTo(host, policy);
  if (policy.allowPrivate) return true;
  const name = host.replace(/\.+$/, '');
  return name.includes('.') && !innerDomains.some((domain) => name === domain || name.endsWith(`.${domain}`));
}
