import { isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayConnectTo } from './address-policy.js';
import { innerAddresses, innerHosts, publicAddresses } from './addresses.testing.js';
import { checkWebhookUrl } from './check-webhook-url.js';

const strict = { allowPrivate: false };
const local = { allowPrivate: true };

describe('The URL of a webhook', () => {
  it('is normalised', () => {
    const text = ' HTTPS://Hooks.Example.COM:443/a/../b?c=d#e\n';
    expect(checkWebhookUrl(text, strict)).toEqual({ url: 'https://hooks.example.com/b?c=d' });
    expect(checkWebhookUrl('https://bücher.example/', strict)).toEqual({
      url: 'https://xn--bcher-kva.example/',
    });
  });

  it.each(innerHosts)('is refused with the host %s, which is not public', (host) => {
    expect(checkWebhookUrl(`https://${host}/hook`, strict)).toEqual({
      problem: expect.stringMatching(/^The address of \S+ is not public\. /),
    });
  });

  it('is refused with an IPv6 zone', () => {
    expect(checkWebhookUrl('https://[fe80::1%25eth0]/', strict)).toHaveProperty('problem');
    expect(checkWebhookUrl('https://[fe80::1%eth0]/', strict)).toHaveProperty('problem');
  });

  it.each(publicAddresses)('is accepted with the public address %s', (address) => {
    const host = isIPv6(address) ? `[${address}]` : address;
    expect(checkWebhookUrl(`https://${host}:8443/hook`, strict)).toEqual({
      url: `https://${host}:8443/hook`,
    });
  });

  it.each([
    ['http://hooks.example.com/', 'https'],
    ['https://ada@hooks.example.com/', 'user name'],
    ['https://ada:secret@hooks.example.com/', 'password'],
    ['https://:secret@hooks.example.com/', 'password'],
    [`https://hooks.example.com/${'x'.repeat(2_048)}`, 'longer'],
    ['ftp://hooks.example.com/', 'web server'],
    ['file:///etc/passwd', 'web server'],
    ['javascript:alert(1)', 'web server'],
    ['data:text/plain,x', 'web server'],
    ['hooks.example.com', 'web server'],
    ['//hooks.example.com', 'web server'],
    ['https://', 'web server'],
    ['https://a b/', 'web server'],
    ['https://999.1.1.1/', 'web server'],
    ['', 'web server'],
    ['\0', 'web server'],
  ])('is refused as %j', (text, word) => {
    expect(checkWebhookUrl(text, strict)).toEqual({ problem: expect.stringContaining(word) });
  });

  it('is never repeated in a message when it has a password', () => {
    expect(JSON.stringify(checkWebhookUrl('https://ada:secret@10.0.0.1/', strict))).not.toContain('secret');
  });

  it('may be local during development', () => {
    for (const url of [
      'http://localhost:3000/',
      'http://127.0.0.1:3000/',
      'https://10.0.0.7/',
      'http://db/',
    ]) {
      expect(checkWebhookUrl(url, local)).toEqual({ url });
    }
    expect(checkWebhookUrl('http://169.254.169.254/', local)).toHaveProperty('problem');
    expect(checkWebhookUrl('http://ada:secret@localhost/', local)).toHaveProperty('problem');
  });

  it('is checked without throwing, and an accepted one is accepted again unchanged', () => {
    const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ withFragments: true }));
    fc.assert(
      fc.property(anything, fc.boolean(), (text, allowPrivate) => {
        const result = checkWebhookUrl(text, { allowPrivate });
        if ('url' in result) expect(checkWebhookUrl(result.url, { allowPrivate })).toEqual(result);
      }),
    );
  });
});

describe('An address that DNS returns for a webhook', () => {
  it.each(innerAddresses)('is not public as %s', (address) => {
    expect(mayConnectTo(address, strict)).toBe(false);
  });

  it.each(publicAddresses)('is public as %s', (address) => {
    expect(mayConnectTo(address, strict)).toBe(true);
  });

  it('is not public when it is IPv6 with any IPv4 address inside', () => {
    const wrappers = ['::', '::ffff:', '::ffff:0:', '64:ff9b::', '64:ff9b:1::', '64:ff9b:1:2:3:4:'];
    fc.assert(
      fc.property(fc.constantFrom(...wrappers), fc.ipV4(), (wrapper, address) => {
        expect(mayConnectTo(wrapper + address, strict)).toBe(false);
      }),
    );
  });
});
