import { lookup } from 'node:dns';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { portOf } from '../testing/port-of.js';
import { type Receiver, type ReceiverAnswer, startReceiver } from '../testing/receiver.js';
import type { WebhookMessage } from './sign-webhook.js';
import { createWebhookSecret } from './webhook-secret.js';
import { createWebhookSender } from './webhook-sender.js';
import type { WebhookSenderOptions } from './webhook-sender-options.js';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function receiver(options: { https?: boolean } = {}): Promise<Receiver> {
  const started = await startReceiver(options);
  open.push(started);
  return started;
}

function sender(options: Partial<WebhookSenderOptions> = {}) {
  const created = createWebhookSender({ allowPrivate: true, timeoutMs: 25_000, ...options });
  open.push(created);
  return created;
}

const secret = createWebhookSecret();
const message: WebhookMessage = {
  id: 'msg_1',
  type: 'upload.completed',
  timestamp: new Date('2026-11-23T10:00:00Z'),
  data: { uploadId: '019aaf', name: 'Würfel 🎲' },
};
const never = new AbortController().signal;

/** The result of one attempt at a receiver that answers like this. */
async function attempt(answer: ReceiverAnswer, options: Partial<WebhookSenderOptions> = {}) {
  const to = await receiver();
  to.answer(answer);
  return { to, result: await sender(options).send({ url: to.url, secrets: [secret] }, message, never) };
}

describe('A webhook', () => {
  it('arrives in the form of Standard Webhooks', async () => {
    const { to, result } = await attempt({ status: 200, body: 'thanks' });
    expect(result).toEqual({
      outcome: 'delivered',
      responseStatus: 200,
      responseHead: 'thanks',
      error: null,
      latencyMs: expect.any(Number),
      retryAfterMs: null,
    });
    expect(Number.isInteger(result.latencyMs)).toBe(true);
    const [webhook] = to.received;
    if (!webhook) throw new Error('Nothing arrived');
    expect(webhook.method).toBe('POST');
    expect(webhook.id).toBe('msg_1');
    expect(webhook.timestamp).toMatch(/^\d{10}$/);
    expect(Math.abs(Number(webhook.timestamp) * 1_000 - webhook.receivedAt)).toBeLessThan(60_000);
    expect(webhook.signature).toMatch(/^v1,[A-Za-z0-9+/]{43}=$/);
    expect(webhook.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(webhook.body)),
      'user-agent': 'Pledgeline-Webhooks/1',
    });
    expect(webhook.body).toBe(
      '{"type":"upload.completed","timestamp":"2026-11-23T10:00:00.000Z","data":{"uploadId":"019aaf","name":"Würfel 🎲"}}',
    );
    expect(to.verify(webhook, secret)).toEqual(JSON.parse(webhook.body));
  });

  it('is signed by both secrets during a rotation, and by no other', async () => {
    const to = await receiver();
    const older = createWebhookSecret();
    await sender().send({ url: to.url, secrets: [secret, older] }, message, never);
    const [webhook] = to.received;
    if (!webhook) throw new Error('Nothing arrived');
    expect(webhook.signature.split(' ')).toHaveLength(2);
    expect(to.verify(webhook, secret)).toEqual(to.verify(webhook, older));
    expect(() => to.verify(webhook, createWebhookSecret())).toThrow('No matching signature');
    expect(() => to.verify({ ...webhook, body: webhook.body.replace('019aaf', '019aae') }, secret)).toThrow();
    expect(() => to.verify({ ...webhook, id: 'msg_2' }, secret)).toThrow();
    expect(() =>
      to.verify({ ...webhook, timestamp: String(Number(webhook.timestamp) + 1) }, secret),
    ).toThrow();
  });

  it('is never sent unsigned', async () => {
    const to = await receiver();
    await expect(sender().send({ url: to.url, secrets: [] }, message, never)).rejects.toThrow(TypeError);
    expect(to.received).toEqual([]);
  });

  it('has a secret of 32 random bytes', () => {
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(createWebhookSecret()).not.toBe(secret);
  });
});

describe('An attempt at a webhook', () => {
  it.each([200, 201, 202, 204, 299])('is delivered when the receiver answers %i', async (status) => {
    const { result } = await attempt({ status });
    expect(result).toMatchObject({ outcome: 'delivered', responseStatus: status, error: null });
  });

  it.each([400, 401, 404, 429, 500, 503])('has failed when the receiver answers %i', async (status) => {
    const { result } = await attempt({ status, body: 'a\0b\uFFFD' });
    expect(result).toMatchObject({
      outcome: 'failed',
      responseStatus: status,
      responseHead: 'a\u2400b\uFFFD',
    });
    expect(result.error).toContain(String(status));
  });

  it('is gone when the receiver answers 410', async () => {
    const { result } = await attempt({ status: 410 });
    expect(result).toMatchObject({ outcome: 'gone', responseStatus: 410, responseHead: null });
  });

  it.each([300, 301, 302, 303, 304, 307, 308])(
    'has failed when the receiver answers %i, and the redirect is not followed',
    async (status) => {
      const elsewhere = await receiver();
      const { result } = await attempt({ status, headers: { location: elsewhere.url } });
      expect(result).toMatchObject({ outcome: 'failed', responseStatus: status });
      expect(result.error).toContain('redirect');
      expect(elsewhere.accepted).toBe(0);
    },
  );

  it('reports the Retry-After of the answer', async () => {
    const { result } = await attempt({ status: 503, headers: { 'retry-after': '120' } });
    expect(result.retryAfterMs).toBe(120_000);
    const { result: nonsense } = await attempt({ status: 503, headers: { 'retry-after': 'later' } });
    expect(nonsense.retryAfterMs).toBeNull();
  });
});

describe('An attempt at a receiver that misbehaves', () => {
  const timeoutMs = 400;

  it('has failed within the timeout when the receiver never answers', async () => {
    const { result } = await attempt('hang', { timeoutMs });
    expect(result).toMatchObject({
      outcome: 'failed',
      responseStatus: null,
      responseHead: null,
      error: '127.0.0.1 did not answer within 400 ms.',
    });
    expect(result.latencyMs).toBeGreaterThanOrEqual(timeoutMs - 5);
  });

  it.each(['reset', 'close'] as const)(
    'has failed when the receiver ends the connection with a %s',
    async (answer) => {
      const { result } = await attempt(answer);
      expect(result).toMatchObject({
        outcome: 'failed',
        responseStatus: null,
        error: '127.0.0.1 closed the connection without an answer.',
      });
    },
  );

  it.each([
    [200, 'delivered'],
    [500, 'failed'],
  ] as const)('that sends the body of a %i for ever is judged by the status', async (status, outcome) => {
    async function* trickle() {
      for (;;) {
        yield 'x';
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
    // Long enough for the status to come in any case.
    const { to, result } = await attempt({ status, body: trickle() }, { timeoutMs: 4_000 });
    expect(result).toMatchObject({ outcome, responseStatus: status });
    expect(result.responseHead).toMatch(/^x+$/);
    await vi.waitFor(() => expect(to.open).toBe(0), 25_000);
  });

  it('ends after the first 1,024 bytes of an answer of a gigabyte', async () => {
    let produced = 0;
    function* gigabyte() {
      const piece = Buffer.alloc(1 << 16, 'x');
      for (; produced < 1 << 30; produced += piece.length) yield piece;
    }
    const before = process.memoryUsage().rss;
    const { to, result } = await attempt({ status: 200, body: gigabyte() });
    expect(result).toMatchObject({ outcome: 'delivered', responseHead: 'x'.repeat(1_024) });
    await vi.waitFor(() => expect(to.open).toBe(0), 25_000);
    expect(produced).toBeLessThan(1 << 25);
    expect(process.memoryUsage().rss - before).toBeLessThan(1 << 26);
  });

  it.each([
    ['something else than HTTP', 'SSH-2.0-OpenSSH_9.6\r\n', 'not HTTP'],
    ['endless headers', `HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(20_000)}`, 'not HTTP'],
    ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n', ''],
    ['hints for ever', 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(1_000), ''],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx', 'not HTTP'],
  ])('has failed when the receiver speaks %s', async (_what, answer, words) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.write(answer);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    open.push({ close: () => server.close() });
    const url = `http://127.0.0.1:${portOf(server)}`;
    // Where an answer is understood, it is not for the time that it takes.
    const impatience = words === '' ? { timeoutMs } : {};
    const result = await sender(impatience).send({ url, secrets: [secret] }, message, never);
    expect(result.outcome).toBe('failed');
    expect(result.error).toContain(words);
  });

  it('has failed when nobody listens there', async () => {
    const to = await startReceiver();
    await to.close();
    const result = await sender().send({ url: to.url, secrets: [secret] }, message, never);
    expect(result).toMatchObject({ outcome: 'failed', error: '127.0.0.1 refused the connection.' });
  });

  it('has failed within the timeout when DNS does not answer', async () => {
    const hanging = sender({ timeoutMs, lookup: () => undefined });
    const target = { url: 'https://hooks.example.com/', secrets: [secret] };
    const result = await hanging.send(target, message, never);
    expect(result.error).toBe('hooks.example.com did not answer within 400 ms.');
  });

  it('leaves no connection behind', async () => {
    const to = await receiver();
    to.answer((_webhook, ordinal) => ({ status: ordinal % 2 === 0 ? 204 : 500, body: 'x'.repeat(5_000) }));
    const from = sender();
    const target = { url: to.url, secrets: [secret] };
    await Promise.all(Array.from({ length: 10 }, () => from.send(target, message, never)));
    await vi.waitFor(() => expect(to.open).toBe(0), 25_000);
    expect(to.accepted).toBe(10);
  });
});

describe('Aborting an attempt at a webhook', () => {
  it('rejects with the reason and closes the connection', async () => {
    const to = await receiver();
    to.answer('hang');
    const controller = new AbortController();
    const reason = new Error('shutting down');
    const sending = sender().send({ url: to.url, secrets: [secret] }, message, controller.signal);
    const rejected = expect(sending).rejects.toBe(reason);
    await vi.waitFor(() => expect(to.received).toHaveLength(1), 25_000);
    controller.abort(reason);
    await rejected;
    await vi.waitFor(() => expect(to.open).toBe(0), 25_000);
  });

  it('rejects during the lookup of the name, and before the attempt has begun', async () => {
    const controller = new AbortController();
    const target = { url: 'https://hooks.example.com/', secrets: [secret] };
    const from = sender({ lookup: () => controller.abort('now') });
    await expect(from.send(target, message, controller.signal)).rejects.toBe('now');
    await expect(from.send(target, message, controller.signal)).rejects.toBe('now');
  });

  it('happens to attempts under way when the sender is closed', async () => {
    const to = await receiver();
    to.answer('hang');
    const from = sender();
    const sending = from.send({ url: to.url, secrets: [secret] }, message, never);
    await vi.waitFor(() => expect(to.received).toHaveLength(1), 25_000);
    from.close();
    expect((await sending).outcome).toBe('failed');
  });
});

describe('A webhook over https', () => {
  it('is delivered when the certificate is trusted', async () => {
    const to = await receiver({ https: true });
    const from = sender(to.ca === undefined ? {} : { ca: to.ca });
    const result = await from.send({ url: to.url, secrets: [secret] }, message, never);
    expect(result).toMatchObject({ outcome: 'delivered', responseStatus: 204 });
    const named = { url: to.url.replace('127.0.0.1', 'localhost'), secrets: [secret] };
    expect(await from.send(named, message, never)).toMatchObject({ outcome: 'delivered' });
    expect(to.received).toHaveLength(2);
  });

  it('has failed when the certificate is not trusted', async () => {
    const to = await receiver({ https: true });
    const result = await sender().send({ url: to.url, secrets: [secret] }, message, never);
    expect(result).toMatchObject({ outcome: 'failed', responseStatus: null });
    expect(result.error).toMatch(/^127\.0\.0\.1 has a certificate that is not trusted \([A-Z_]+\)\.$/);
    expect(to.received).toEqual([]);
  });

  it('has failed when the certificate is for another name', async () => {
    const to = await receiver({ https: true });
    const from = sender({
      ...(to.ca === undefined ? {} : { ca: to.ca }),
      lookup: (_host, options, callback) => lookup('127.0.0.1', options, callback),
    });
    const url = to.url.replace('127.0.0.1', 'hooks.example.com');
    const result = await from.send({ url, secrets: [secret] }, message, never);
    expect(result.error).toBe('hooks.example.com has a certificate for another name.');
    expect(to.received).toEqual([]);
  });

  it('has failed when the receiver speaks plain HTTP', async () => {
    const to = await receiver();
    const url = to.url.replace('http:', 'https:');
    const result = await sender().send({ url, secrets: [secret] }, message, never);
    expect(result.outcome).toBe('failed');
    expect(to.received).toEqual([]);
  });
});
