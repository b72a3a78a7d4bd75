import { maxEndpoints } from '@pledgeline/db';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { readProblem } from '../../test-support/answers.js';
import { startApi, type TestApi } from '../../test-support/start-api.js';

const nobody = '01890000-0000-7000-8000-000000000000';
const webhookSchema = z.looseObject({
  id: z.string(),
  secret: z.string(),
  links: z.record(z.string(), z.string()),
});

let api: TestApi;
beforeAll(async () => {
  api = await startApi(inject('testPostgres'));
});
afterAll(() => api.close());
beforeEach(() => api.database.pool.query('DELETE FROM webhook_endpoint'));

const send = (method: string, path: string, body?: unknown, key?: string) =>
  api.send(`/v1/webhooks${path}`, { method, ...(body !== undefined && { body: JSON.stringify(body) }) }, key);
const create = async (body: object = { url: 'https://example.com/hook' }) =>
  webhookSchema.parse(await (await send('POST', '', body)).json());
const secretOf = async (id: string) =>
  (await api.database.prisma.webhookEndpoint.findUniqueOrThrow({ where: { id } })).secret;

const all = [
  'upload.completed',
  'upload.failed',
  'upload.canceled',
  'upload.needs_mapping',
  'upload.needs_review',
  'upload.undone',
];

describe('A webhook', () => {
  it('is created with a secret that is shown only then', async () => {
    const response = await send('POST', '', { url: 'https://Example.com/hook?shop=1#top' });
    expect(response.status).toBe(201);
    const created = webhookSchema.parse(await response.json());
    const self = `/v1/webhooks/${created.id}`;
    expect(created).toEqual({
      id: expect.any(String),
      url: 'https://example.com/hook?shop=1',
      description: '',
      types: all,
      enabled: true,
      disabled: null,
      failingSince: null,
      previousSecretUntil: null,
      createdAt: expect.stringMatching(/Z$/),
      links: {
        self,
        rotateSecret: `${self}/rotate-secret`,
        test: `${self}/test`,
        deliveries: `${self}/deliveries`,
        replay: `${self}/replay`,
      },
      secret: expect.stringMatching(/^whsec_.{40,}$/),
    });
    expect(response.headers.get('location')).toBe(self);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await secretOf(created.id)).toBe(created.secret);

    const { secret, ...shown } = created;
    expect(await (await send('GET', `/${created.id}`)).json()).toEqual(shown);
    const list = await (await send('GET', '')).text();
    expect(JSON.parse(list)).toEqual({ webhooks: [shown], next: null, previous: null });
    expect(list).not.toContain(secret);
  });

  it('may receive only some events, and have a description', async () => {
    const body = {
      url: 'https://example.com/hook',
      description: 'Lager ☃',
      types: ['upload.failed', 'upload.failed'],
    };
    expect(await create(body)).toMatchObject({ description: 'Lager ☃', types: ['upload.failed'] });
  });

  it.each([
    [{}, 'url', /URL that the messages are sent to/],
    [{ url: 7 }, 'url', /URL that the messages/],
    [{ url: 'https://example.com', description: 'x'.repeat(201) }, 'description', /200/],
    [{ url: 'https://example.com', description: 'a\nb' }, 'description', /control characters/],
    [{ url: 'https://example.com', description: 'a\u0000b' }, 'description', /control characters/],
    [{ url: 'https://example.com', description: null }, 'description', /text/],
    [{ url: 'https://example.com', types: [] }, 'types', /at least one/],
    [{ url: 'https://example.com', types: 'all' }, 'types', /upload\.completed/],
    [{ url: 'https://example.com', types: ['upload.lost'] }, 'types.0', /upload\.completed/],
    [{ url: 'https://example.com', types: ['webhook.disabled'] }, 'types.0', /no such type/],
    [{ url: 'https://example.com', secret: 'mine' }, 'secret', /url, description, types/],
    [[], '', /object/],
  ])('cannot be created from %j', async (body, name, message) => {
    const response = await send('POST', '', body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'invalid_request',
      detail: expect.stringMatching(message),
      parameters: [{ name, message: expect.stringMatching(message) }],
    });
    expect(await (await send('GET', '')).json()).toEqual({ webhooks: [], next: null, previous: null });
  });

  it.each([
    '',
    'example.com',
    'ftp://example.com',
    'https://me:secret@example.com',
    'https://169.254.169.254/',
  ])('cannot have the URL %j', async (url) => {
    const response = await send('POST', '', { url });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      code: 'invalid_webhook_url',
      detail: expect.stringMatching(/\. /),
      parameters: [{ name: 'url' }],
    });
  });

  it('cannot be created when the merchant has the maximum number', async () => {
    for (let made = 0; made < maxEndpoints; made += 1) await create();
    expect(await readProblem(await send('POST', '', { url: 'https://example.com' }))).toMatchObject({
      status: 409,
      code: 'too_many_webhooks',
    });
    expect((await send('POST', '', { url: 'https://example.com' }, api.otherKey)).status).toBe(201);
  });

  it('can be changed in part', async () => {
    const { secret, ...webhook } = await create({ url: 'https://example.com/hook', description: 'Stock' });
    const changed = await send('PATCH', `/${webhook.id}`, { types: ['upload.failed'] });
    expect(changed.status).toBe(200);
    expect(await changed.json()).toEqual({ ...webhook, types: ['upload.failed'] });
    const moved = await send('PATCH', `/${webhook.id}`, { url: 'http://127.0.0.1:8080', description: '' });
    expect(await moved.json()).toMatchObject({
      url: 'http://127.0.0.1:8080/',
      description: '',
      types: ['upload.failed'],
    });
    expect(await secretOf(webhook.id)).toBe(secret);
  });

  it('can be switched off and on', async () => {
    const { id } = await create();
    expect(await (await send('PATCH', `/${id}`, { enabled: false })).json()).toMatchObject({
      enabled: false,
      disabled: { since: expect.stringMatching(/Z$/), reason: 'by_hand' },
    });
    expect(await (await send('PATCH', `/${id}`, { enabled: true })).json()).toMatchObject({
      enabled: true,
      disabled: null,
    });
  });

  it.each([
    [{ enabled: 'yes' }, 400, 'invalid_request', 'enabled'],
    [{ types: [] }, 400, 'invalid_request', 'types'],
    [{ url: null }, 400, 'invalid_request', 'url'],
    [{ url: 'https://10.0.0.300' }, 422, 'invalid_webhook_url', 'url'],
    [{ disabled: null }, 400, 'invalid_request', 'disabled'],
  ])('cannot be changed to %j', async (body, status, code, name) => {
    const { id } = await create();
    const response = await send('PATCH', `/${id}`, body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code, parameters: [{ name }] });
  });

  it('can be deleted', async () => {
    const { id } = await create();
    expect((await send('DELETE', `/${id}`)).status).toBe(204);
    for (const method of ['GET', 'DELETE']) {
      expect(await readProblem(await send(method, `/${id}`))).toMatchObject({
        status: 404,
        code: 'webhook_not_found',
      });
    }
  });
});

describe('The secret of a webhook', () => {
  it('can be rotated, and the previous one signs for another day', async () => {
    const { id, secret } = await create();
    const response = await send('POST', `/${id}/rotate-secret`);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const rotated = webhookSchema
      .extend({ previousSecretUntil: z.coerce.date() })
      .parse(await response.json());
    expect(rotated.secret).not.toBe(secret);
    expect(await secretOf(id)).toBe(rotated.secret);
    const hours = (rotated.previousSecretUntil.getTime() - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThan(24.1);
  });

  it('can be rotated at once, without an overlap', async () => {
    const { id } = await create();
    const response = await send('POST', `/${id}/rotate-secret`, { overlapHours: 0 });
    expect(await response.json()).toMatchObject({ previousSecretUntil: null });
  });

  it.each([
    [{ overlapHours: -1 }],
    [{ overlapHours: 169 }],
    [{ overlapHours: 1.5 }],
    [{ overlapHours: '24' }],
  ])('cannot be rotated with the body %j', async (body) => {
    const { id } = await create();
    const response = await send('POST', `/${id}/rotate-secret`, body);
    expect(await response.json()).toMatchObject({
      status: 400,
      code: 'invalid_request',
      detail: expect.stringContaining('0 to 168'),
      parameters: [{ name: 'overlapHours' }],
    });
  });
});

describe('A webhook that does not exist', () => {
  const walk = [
    ['GET', ''],
    ['PATCH', '', { enabled: false }],
    ['DELETE', ''],
    ['POST', '/rotate-secret'],
    ['POST', '/test'],
    ['GET', '/deliveries'],
    ['GET', `/deliveries/${nobody}`],
    ['POST', `/deliveries/${nobody}/replay`],
    ['POST', '/replay', { since: '2020-01-01T00:00:00Z' }],
  ] as const;

  it.each(walk)('is answered with 404 at %s /:id%s', async (method, rest, body?: unknown) => {
    for (const id of [nobody, 'nothing']) {
      expect(await readProblem(await send(method, `/${id}${rest}`, body))).toMatchObject({
        status: 404,
        code: 'webhook_not_found',
      });
    }
  });

  it('is what a webhook of another merchant looks like, and it cannot be changed', async () => {
    const { id, secret } = await create();
    for (const [method, rest, body] of walk) {
      expect(await readProblem(await send(method, `/${id}${rest}`, body, api.otherKey))).toMatchObject({
        status: 404,
        code: 'webhook_not_found',
      });
    }
    expect(await (await send('GET', '', undefined, api.otherKey)).json()).toEqual({
      webhooks: [],
      next: null,
      previous: null,
    });
    expect(await (await send('GET', `/${id}`)).json()).toMatchObject({ enabled: true });
    expect(await secretOf(id)).toBe(secret);
  });
});

describe('Without ALLOW_PRIVATE_WEBHOOKS, a webhook', () => {
  const create = async (strict: TestApi, url: string) =>
    strict.send('/v1/webhooks', { method: 'POST', body: JSON.stringify({ url }) });

  it('must have a public address over https, and the port 80 or 443', async () => {
    const strict = await startApi(inject('testPostgres'), { config: { ALLOW_PRIVATE_WEBHOOKS: false } });
    try {
      for (const url of [
        'http://example.com/',
        'https://127.0.0.1/',
        'https://localhost/',
        'https://[::1]/',
      ]) {
        expect(await readProblem(await create(strict, url))).toMatchObject({
          status: 422,
          code: 'invalid_webhook_url',
        });
      }
      const message = 'The port 8443 is not allowed. Use 80 or 443; without a port in the URL it is 443.';
      expect(await (await create(strict, 'https://example.com:8443/hook')).json()).toEqual({
        type: 'urn:pledgeline:problem:invalid_webhook_url',
        title: 'The URL of the webhook cannot be used',
        status: 422,
        detail: message,
        code: 'invalid_webhook_url',
        parameters: [{ name: 'url', message }],
        requestId: expect.any(String),
      });
      expect((await create(strict, 'https://example.com:80/hook')).status).toBe(201);
      const { id } = z
        .looseObject({ id: z.string() })
        .parse(await (await create(strict, 'https://example.com:443/hook')).json());
      const body = JSON.stringify({ url: 'https://example.com:22/' });
      const changed = await strict.send(`/v1/webhooks/${id}`, { method: 'PATCH', body });
      expect(await readProblem(changed)).toMatchObject({ status: 422, code: 'invalid_webhook_url' });
    } finally {
      await strict.close();
    }
  });

  it('may have the ports of WEBHOOK_PORTS and no others', async () => {
    const config = { ALLOW_PRIVATE_WEBHOOKS: false, WEBHOOK_PORTS: [8443] };
    const strict = await startApi(inject('testPostgres'), { config });
    try {
      expect((await create(strict, 'https://example.com:8443/')).status).toBe(201);
      expect((await create(strict, 'https://example.com/')).status).toBe(422);
    } finally {
      await strict.close();
    }
  });
});
