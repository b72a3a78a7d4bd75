import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Receiver, startReceiver } from '../testing/receiver.js';
import { innerAddresses, innerHosts } from './addresses.testing.js';
import { createWebhookSecret } from './webhook-secret.js';
import { createWebhookSender, type WebhookSender } from './webhook-sender.js';

/** Loopback, and everything that this machine might take for it. */
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

/** A name server that tells these lists of addresses, one after the other, then the last one again. */
function tells(...answers: readonly (readonly string[])[]) {
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

describe('an address that is not public', () => {
  it.each(innerHosts)('is refused as %s in the URL, and not looked up', async (host) => {
    const { lookup, asked } = tells(['127.0.0.1']);
    const result = await send(host, lookup);
    expect(result).toMatchObject({ outcome: 'refused', responseStatus: null });
    expect(result.error).toContain('is not public');
    expect(asked).toEqual([]);
    expect(loopback.accepted).toBe(0);
  });

  it.each(innerAddresses)('is refused as %s from DNS', async (address) => {
    const { lookup, asked } = tells([address]);
    const result = await send('hooks.example.com', lookup);
    expect(result).toMatchObject({ outcome: 'failed', responseStatus: null, error: notPublic });
    expect(asked).toEqual(['hooks.example.com']);
    expect(loopback.accepted).toBe(0);
  });

  it('is refused wherever it stands among public ones', async () => {
    for (const addresses of [
      [nowhere, '127.0.0.1'],
      ['127.0.0.1', nowhere],
      ['93.184.215.14', nowhere, '::ffff:10.0.0.1'],
    ]) {
      expect(await send('hooks.example.com', tells(addresses).lookup)).toMatchObject({ error: notPublic });
    }
    expect(loopback.accepted).toBe(0);
  });

  it('is refused from a resolver that only ever tells one address', async () => {
    const lookup: LookupFunction = (_host, _options, callback) => callback(null, '127.0.0.1', 4);
    expect(await send('hooks.example.com', lookup)).toMatchObject({ error: notPublic });
    expect(loopback.accepted).toBe(0);
  });
});

describe('a name', () => {
  it('that leads elsewhere the second time is asked for once a connection', async () => {
    const { lookup, asked } = tells([nowhere], ['127.0.0.1']);
    const first = await send('hooks.example.com', lookup, 500);
    expect(first.outcome).toBe('failed');
    expect(first.error).not.toContain('not public');
    expect(first.error).not.toContain(nowhere);
    expect(asked).toHaveLength(1);
    expect(await send('hooks.example.com', lookup)).toMatchObject({ error: notPublic });
    expect(asked).toHaveLength(2);
    expect(loopback.accepted).toBe(0);
  });

  it('that leads nowhere has failed', async () => {
    const result = await send('hooks.example.com', tells([]).lookup);
    expect(result).toMatchObject({ outcome: 'failed', error: 'hooks.example.com was not found in DNS.' });
  });
});
