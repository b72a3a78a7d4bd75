import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { verifyWebhook } from './verify-webhook.js';

const secret = `whsec_${btoa('a secret of twenty-four b')}`;
const other = `whsec_${btoa('another of twenty-four by')}`;
const now = new Date('2026-11-24T12:00:00Z');
const body = JSON.stringify({
  type: 'upload.completed',
  timestamp: '2026-11-24T11:59:58.000Z',
  data: { upload: '019ab3f0-5c1e-7d2a-9f3b-2a1c4e5d6f70', note: 'Zoë' },
});

/** A message as the reference implementation signs it. */
function signed(text: string, secrets: readonly string[] = [secret], at = now) {
  const signatures = secrets.map((each) => new Webhook(each).sign('msg_1', at, text));
  return {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': signatures.join(' '),
  };
}

describe('A webhook', () => {
  it('is believed when it is signed as the reference implementation signs it', async () => {
    const event = {
      id: 'msg_1',
      type: 'upload.completed',
      timestamp: '2026-11-24T11:59:58.000Z',
      data: { upload: '019ab3f0-5c1e-7d2a-9f3b-2a1c4e5d6f70', note: 'Zoë' },
    };
    expect(await verifyWebhook({ body, headers: signed(body), secrets: secret, now })).toEqual(event);
    const bytes = new TextEncoder().encode(body);
    const headers = new Headers(signed(body));
    expect(await verifyWebhook({ body: bytes, headers, secrets: secret, now })).toEqual(event);
  });

  it('is believed during a rotation, whichever of the secrets each side has', async () => {
    const both = [other, secret];
    await verifyWebhook({ body, headers: signed(body, both), secrets: secret, now });
    await verifyWebhook({ body, headers: signed(body, [secret]), secrets: both, now });
    await verifyWebhook({ body, headers: signed(body, both), secrets: both, now });
  });

  it('is not believed with another secret, body, id or time', async () => {
    const headers = signed(body);
    const wrong = { code: 'wrong_signature' };
    await expect(verifyWebhook({ body, headers, secrets: other, now })).rejects.toMatchObject(wrong);
    await expect(verifyWebhook({ body: `${body} `, headers, secrets: secret, now })).rejects.toMatchObject(
      wrong,
    );
    for (const changed of [
      { 'webhook-id': 'msg_2' },
      { 'webhook-timestamp': String(now.getTime() / 1_000 + 1) },
    ]) {
      const altered = { ...headers, ...changed };
      await expect(verifyWebhook({ body, headers: altered, secrets: secret, now })).rejects.toMatchObject(
        wrong,
      );
    }
  });

  it('is not believed with any other signature', async () => {
    const right = signed(body)['webhook-signature'].slice('v1,'.length);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.base64String(), fc.constantFrom(right, `v1a,${right}`)),
        async (text) => {
          const headers = { ...signed(body), 'webhook-signature': text === '' ? 'v1,' : text };
          const verified = verifyWebhook({ body, headers, secrets: secret, now });
          await expect(verified).rejects.toMatchObject({ name: 'WebhookError', code: 'wrong_signature' });
        },
      ),
      { numRuns: 100 },
    );
  });

  it.each([
    ['old', -301, 'The message was sent 301 seconds ago.'],
    ['early', 301, 'The message was sent 301 seconds from now.'],
  ])('is not believed when it is too %s', async (_, seconds, message) => {
    const headers = signed(body, [secret], new Date(now.getTime() + seconds * 1_000));
    const tried = verifyWebhook({ body, headers, secrets: secret, now });
    await expect(tried).rejects.toMatchObject({ code: 'wrong_time', message });
    await verifyWebhook({ body, headers, secrets: secret, now, toleranceSeconds: 301 });
  });

  it('is not believed without its headers, or with a time that is none', async () => {
    for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) {
      const headers = { ...signed(body), [name]: undefined };
      await expect(verifyWebhook({ body, headers, secrets: secret, now })).rejects.toMatchObject({
        code: 'missing_header',
        message: `The message has no header ${name}.`,
      });
    }
    for (const time of ['soon', '1e99', '-1', 'NaN']) {
      const headers = { ...signed(body), 'webhook-timestamp': time };
      await expect(verifyWebhook({ body, headers, secrets: secret, now })).rejects.toMatchObject({
        code: 'missing_header',
      });
    }
  });

  it('is refused when it is signed, but not what Pledgeline sends', async () => {
    for (const text of ['', 'null', '{"type":"x"}', '{"type":1,"timestamp":"","data":{}}', '{']) {
      const tried = verifyWebhook({ body: text, headers: signed(text), secrets: secret, now });
      await expect(tried).rejects.toMatchObject({ code: 'wrong_body' });
    }
  });

  it('is not verified with a secret that is none', async () => {
    for (const secrets of ['', 'whsec_', 'whsec_?', []]) {
      await expect(verifyWebhook({ body, headers: signed(body), secrets, now })).rejects.toThrow(TypeError);
    }
  });
});
