import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readAccepted, readId, readProblem } from './test-support/answers.js';
import { cancelNewUpload } from './test-support/make-notifications.js';
import { kickstarterCsv, startApi, type TestApi } from './test-support/start-api.js';

let api: TestApi;
let uploadId: string;
let campaignId: string;
let notificationId: string;
let webhookId: string;
let deliveryId: string;
beforeAll(async () => {
  api = await startApi(inject('testPostgres'));
  ({ id: uploadId, campaignId } = await readAccepted(await api.upload(kickstarterCsv)));
  const body = JSON.stringify({ url: 'https://example.com/hook' });
  webhookId = await readId(await api.send('/v1/webhooks', { method: 'POST', body }));
  deliveryId = await readId(await api.send(`/v1/webhooks/${webhookId}/test`, { method: 'POST' }));
  const canceled = await cancelNewUpload(api);
  const where = { uploadId: canceled };
  ({ id: notificationId } = await api.database.prisma.notification.findFirstOrThrow({ where }));
});
afterAll(() => api.close());

describe('Another merchant', () => {
  const walk: readonly (readonly [
    method: string,
    path: (ids: Record<'upload' | 'campaign' | 'notification' | 'webhook' | 'delivery', string>) => string,
    body?: string,
  ])[] = [
    ['GET', ({ upload }) => `/v1/uploads/${upload}`],
    ['GET', ({ upload }) => `/v1/uploads/${upload}/files`],
    ['GET', ({ upload }) => `/v1/uploads/${upload}/issues`],
    ['GET', ({ upload }) => `/v1/uploads/${upload}/issues/summary`],
    ['GET', ({ upload }) => `/v1/uploads/${upload}/reading`],
    ['GET', ({ upload }) => `/v1/uploads/${upload}/mapping`],
    ['PUT', ({ upload }) => `/v1/uploads/${upload}/mapping`, '{"accept":true}'],
    ['POST', ({ upload }) => `/v1/uploads/${upload}/retry`],
    ['POST', ({ upload }) => `/v1/uploads/${upload}/cancel`],
    ['POST', ({ campaign }) => `/v1/uploads?campaign=${campaign}`],
    ['GET', ({ campaign }) => `/v1/backers?campaign=${campaign}`],
    ['GET', ({ campaign }) => `/v1/products?campaign=${campaign}`],
    ['GET', ({ campaign }) => `/v1/pledges?campaign=${campaign}`],
    ['GET', ({ campaign }) => `/v1/surveys?campaign=${campaign}`],
    ['GET', ({ campaign }) => `/v1/inventory?campaign=${campaign}`],
    ['GET', () => '/v1/inventory?campaign=Lamp'],
    ['GET', ({ upload }) => `/v1/notifications?upload=${upload}`],
    ['POST', ({ notification }) => `/v1/notifications/${notification}/read`],
    ['GET', ({ webhook }) => `/v1/webhooks/${webhook}`],
    ['PATCH', ({ webhook }) => `/v1/webhooks/${webhook}`, '{"enabled":false}'],
    ['DELETE', ({ webhook }) => `/v1/webhooks/${webhook}`],
    ['POST', ({ webhook }) => `/v1/webhooks/${webhook}/rotate-secret`],
    ['POST', ({ webhook }) => `/v1/webhooks/${webhook}/test`],
    ['GET', ({ webhook }) => `/v1/webhooks/${webhook}/deliveries`],
    ['GET', ({ webhook, delivery }) => `/v1/webhooks/${webhook}/deliveries/${delivery}`],
    ['POST', ({ webhook, delivery }) => `/v1/webhooks/${webhook}/deliveries/${delivery}/replay`],
    ['POST', ({ webhook }) => `/v1/webhooks/${webhook}/replay`, '{"since":"2020-01-01T00:00:00Z"}'],
  ];

  it.each(walk.map(([method, path, body]) => [method, path, body] as const))(
    'gets 404 at %s %s',
    async (method, path, body) => {
      const address = path({
        upload: uploadId,
        campaign: campaignId,
        notification: notificationId,
        webhook: webhookId,
        delivery: deliveryId,
      });
      expect((await api.send(address, { method, ...(body && { body }) }, api.otherKey)).status).toBe(404);
    },
  );

  it('sees nothing of the first merchant in lists', async () => {
    for (const [list, name] of [
      ['/v1/uploads', 'uploads'],
      ['/v1/campaigns', 'campaigns'],
    ] as const) {
      expect(await (await api.send(list, {}, api.otherKey)).json()).toEqual({
        [name]: [],
        next: null,
        previous: null,
      });
      expect(await (await api.send(list)).json()).not.toEqual({ [name]: [], next: null, previous: null });
    }
    for (const [list, nothing] of [
      ['/v1/webhooks', { webhooks: [], next: null, previous: null }],
      ['/v1/notifications', { notifications: [], next: null, previous: null, unreadCount: 0 }],
    ] as const) {
      expect(await (await api.send(list, {}, api.otherKey)).json()).toEqual(nothing);
      expect(await (await api.send(list)).json()).not.toEqual(nothing);
    }
    const report = await api.send(`/v1/uploads/${uploadId}`);
    expect(await report.json()).toMatchObject({ status: 'PENDING' });
  });
});

describe('Every route under /v1', () => {
  it.each([
    ['GET', '/v1/uploads'],
    ['POST', '/v1/uploads'],
    ['GET', '/v1/uploads/x'],
    ['GET', '/v1/uploads/x/files'],
    ['GET', '/v1/uploads/x/issues'],
    ['GET', '/v1/uploads/x/issues/summary'],
    ['GET', '/v1/uploads/x/reading'],
    ['GET', '/v1/uploads/x/mapping'],
    ['PUT', '/v1/uploads/x/mapping'],
    ['POST', '/v1/inspect'],
    ['GET', '/v1/mapping-templates'],
    ['PATCH', '/v1/mapping-templates/x'],
    ['DELETE', '/v1/mapping-templates/x'],
    ['POST', '/v1/uploads/x/retry'],
    ['POST', '/v1/uploads/x/cancel'],
    ['GET', '/v1/platforms'],
    ['GET', '/v1/campaigns'],
    ['GET', '/v1/backers'],
    ['GET', '/v1/inventory'],
    ['GET', '/v1/notifications'],
    ['POST', '/v1/notifications/read'],
    ['POST', '/v1/notifications/x/read'],
    ['GET', '/v1/notification-settings'],
    ['PUT', '/v1/notification-settings'],
    ['GET', '/v1/webhooks'],
    ['POST', '/v1/webhooks'],
    ['GET', '/v1/webhooks/x'],
    ['PATCH', '/v1/webhooks/x'],
    ['DELETE', '/v1/webhooks/x'],
    ['POST', '/v1/webhooks/x/rotate-secret'],
    ['POST', '/v1/webhooks/x/test'],
    ['GET', '/v1/webhooks/x/deliveries'],
    ['GET', '/v1/webhooks/x/deliveries/x'],
    ['POST', '/v1/webhooks/x/deliveries/x/replay'],
    ['POST', '/v1/webhooks/x/replay'],
    ['GET', '/v1/keys'],
    ['POST', '/v1/keys'],
    ['POST', '/v1/keys/x/rotate'],
    ['DELETE', '/v1/keys/x'],
    ['GET', '/v1/events'],
  ] as const)('asks for a key: %s %s', async (method, url) => {
    const missing = await fetch(`${api.url}${url}`, { method });
    expect(await missing.json()).toMatchObject({ status: 401, code: 'missing_key' });
    expect(missing.headers.get('www-authenticate')).toBe('Bearer');
    const unknown = await api.send(url, { method }, 'pl_nobody');
    expect(await unknown.json()).toMatchObject({ status: 401, code: 'unknown_key' });
    expect(unknown.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('refuses a revoked key', async () => {
    await api.database.prisma.apiKey.updateMany({
      where: { merchant: { name: 'Bob' } },
      data: { revokedAt: new Date() },
    });
    expect((await readProblem(await api.send('/v1/platforms', {}, api.otherKey))).code).toBe('unknown_key');
  });
});

describe('A request to an address that does not exist', () => {
  it.each([
    ['/', 'not_found'],
    ['/v1/nothing', 'not_found'],
    ['/v1/uploads/%zz', 'not_found'],
    [`/v1/uploads/${'a'.repeat(500)}`, 'not_found'],
    ['/v1/uploads/not-an-id', 'upload_not_found'],
    ['/v1/uploads/01890000-0000-7000-8000-000000000000/issues', 'upload_not_found'],
  ])('%s is answered with %s', async (path, code) => {
    const response = await api.send(path);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await readProblem(response)).toMatchObject({ status: 404, code });
  });
});

it('GET /v1/platforms lists the platforms with the columns they require', async () => {
  expect(await (await api.send('/v1/platforms')).json()).toMatchObject({
    platforms: expect.arrayContaining([
      {
        name: 'kickstarter',
        title: 'Kickstarter',
        evidence: expect.any(String),
        requiredColumns: expect.arrayContaining([expect.objectContaining({ field: 'externalId' })]),
      },
    ]),
  });
});

it('The answer to an internal error reveals nothing about its cause', async () => {
  await api.database.pool.query('ALTER TABLE campaign RENAME TO campaign_secret');
  try {
    const response = await api.send('/v1/campaigns');
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(JSON.parse(text)).toMatchObject({ code: 'internal_error', requestId: expect.any(String) });
    expect(text).not.toMatch(/campaign|prisma|table|stack/i);
  } finally {
    await api.database.pool.query('ALTER TABLE campaign_secret RENAME TO campaign');
  }
});

describe('Bytes that are no HTTP request', () => {
  it.each([
    ['a body that is longer than its Content-Length', `${'x'.repeat(50)}\r\n\r\n`],
    ['nonsense', 'HELO pledgeline\r\n\r\n'],
  ])('are answered with problem details: %s', async (_what, bytes) => {
    const socket = connect(api.port, '127.0.0.1');
    socket.write(bytes);
    const pieces: string[] = [];
    for await (const piece of socket.setEncoding('utf8')) pieces.push(String(piece));
    const [head = '', body = ''] = pieces.join('').split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/problem\+json/);
    expect(JSON.parse(body)).toMatchObject({
      code: 'invalid_request',
      status: 400,
      detail: expect.any(String),
    });
  });
});
