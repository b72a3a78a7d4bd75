import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Receiver, startReceiver } from '../testing/receiver.js';
import { innerAddresses, innerHosts } from './addresses.testing.js';
import { createWebhookSecret } from './webhook-secret.js';
import { createWebhookSender, type WebhookSender } from './webhook-sender.js';

/** Loopback, and all addresses that this machine may treat as loopback. */
let loopback: Receiver;
const senders: WebhookSender[] = [];

beforeEach(async () => {
  loopback = await startReceiver({ https: true });
});
afterEach(async () => {
  for (const one of senders.splice(0)) one.close();
  await loopback.close();
});

/** A public address that was never assigned: connecting to it leads nowhere. */
const nowhere = '2000::1';
const message = { id: 'msg_1', type: 'test', timestamp: new Date(), data: {} };
const notPublic = 'The address of hooks.example.com is not public. Use a server that the internet can reach.';

/** A lookup that returns these lists of addresses one after the other, and then the last one again and again. */
function resolvesTo(...answers: readonly (readonly string[])[]) {
  const asked: string[] = [];
  const lookup: LookupFunction = (host, options, callback) => {
    const addresses = answers[Math.min(asked.push(host), answers.length) - 1] ?? [];
    const found: LookupAddress[] = addresses.map((address) => ({ address, family: isIP(address) }));
    const [first] = found;
    if (options.all || !first) callback(null, found);
    else callback(null, first.address, first.family);
  };
  return { lookup, asked };
}

function send(host: string, lookup: LookupFunction, timeoutMs = 5_000) {
  const port = new URL(loopback.url).port;
  const sender = createWebhookSender({ allowPrivate: false, timeoutMs, ca: loopback.ca ?? '', lookup });
  senders.push(sender);
  const target = { url: `https://${host}:${port}/`, secrets: [createWebhookSecret()] };
  return sender.send(target, message, new AbortController().signal);
}

describe('An address that is not public', () => {
  it.each(innerHosts)('is refused as %s in the URL of a webhook, without a lookup', async (host) => {
    const { lookup, asked } = resolvesTo(['127.0.0.1']);
    const result = await send(host, lookup);
    expect(result).toMatchObject({ outcome: 'refused', responseStatus: null });
    expect(result.error).toContain('is not public');
    expect(asked).toEqual([]);
    expect(loopback.accepted).toBe(0);
  });

  it.each(innerAddresses)('makes a webhook fail when DNS returns it as %s', async (address) => {
    const { lookup, asked } = resolvesTo([address]);
    const result = await send('hooks.example.com', lookup);
    expect(result).toMatchObject({ outcome: 'failed', responseStatus: null, error: notPublic });
    expect(asked).toEqual(['hooks.example.com']);
    expect(loopback.accepted).toBe(0);
  });

  it('makes a webhook fail wherever it is among public addresses', async () => {
    for (const addresses of [
      [nowhere, '127.0.0.1'],
      ['127.0.0.1', nowhere],
      ['93.184.215.14', nowhere, '::ffff:10.0.0.1'],
    ]) {
      expect(await send('hooks.example.com', resolvesTo(addresses).lookup)).toMatchObject({
        error: notPublic,
      });
    }
    expect(loopback.accepted).toBe(0);
  });

  it('makes a webhook fail when the resolver returns only one address', async () => {
    const lookup: LookupFunction = (_host, _options, callback) => callback(null, '127.0.0.1', 4);
    expect(await send('hooks.example.com', lookup)).toMatchObject({ error: notPublic });
    expect(loopback.accepted).toBe(0);
  });
});

describe('The host name of a webhook', () => {
  it('is looked up once per connection, so that a second answer cannot lead elsewhere', async () => {
    const { lookup, asked } = resolvesTo([nowhere], ['127.0.0.1']);
    const first = await send('hooks.example.com', lookup, 500);
    expect(first.outcome).toBe('failed');
    expect(first.error).not.toContain('not public');
    expect(first.error).not.toContain(nowhere);
    expect(asked).toHaveLength(1);
    expect(await send('hooks.example.com', lookup)).toMatchObject({ error: notPublic });
    expect(asked).toHaveLength(2);
    expect(loopback.accepted).toBe(0);
  });

  it('makes the attempt failed when it has no address', async () => {
    const result = await send('hooks.example.com', resolvesTo([]).lookup);
    expect(result).toMatchObject({ outcome: 'failed', error: 'hooks.example.com was not found in DNS.' });
  });
});
