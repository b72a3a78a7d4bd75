import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { readId, readProblem } from '../../test-support/answers.js';
import { attempt, beginAttempt, cancelNewUpload, routeAll } from '../../test-support/make-notifications.js';
import { startApi, type TestApi } from '../../test-support/start-api.js';

const nobody = '01890000-0000-7000-8000-000000000000';
const deliverySchema = z.looseObject({ id: z.string(), status: z.string() });
const pageSchema = z.object({
  deliveries: z.array(deliverySchema),
  next: z.string().nullable(),
  previous: z.string().nullable(),
});

let api: TestApi;
let webhook: string;
beforeAll(async () => {
  api = await startApi(inject('testPostgres'));
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.database.pool.query('DELETE FROM webhook_endpoint');
  webhook = await createWebhook();
});

async function createWebhook(): Promise<string> {
  const body = JSON.stringify({ url: 'https://example.com/hook' });
  const response = await api.send('/v1/webhooks', { method: 'POST', body });
  return readId(response);
}

const post = (path: string, body?: unknown, target: TestApi = api) =>
  target.send(path, { method: 'POST', ...(body !== undefined && { body: JSON.stringify(body) }) });
const pathTo = (id: string, of = webhook) => `/v1/webhooks/${of}/deliveries/${id}`;
const read = async (id: string) => deliverySchema.parse(await (await api.send(pathTo(id))).json());
const list = async (query = '') =>
  pageSchema.parse(await (await api.send(`/v1/webhooks/${webhook}/deliveries${query}`)).json());

/** Makes a delivery of the notification about a new upload. */
async function makeDelivery(): Promise<{ readonly id: string; readonly upload: string }> {
  const upload = await cancelNewUpload(api);
  const [id = ''] = await routeAll(api);
  return { id, upload };
}

async function makeFailed(): Promise<string> {
  const { id } = await makeDelivery();
  await attempt(api, id, 'refused');
  return id;
}

describe('The deliveries of a webhook', () => {
  it('are shown with every attempt', async () => {
    const { id, upload } = await makeDelivery();
    const waiting = await read(id);
    const self = pathTo(id);
    expect(waiting).toEqual({
      id,
      type: 'upload.canceled',
      status: 'PENDING',
      notificationId: expect.any(String),
      uploadId: upload,
      createdAt: expect.stringMatching(/Z$/),
      dueAt: expect.stringMatching(/Z$/),
      finishedAt: null,
      lastError: null,
      attempts: [],
      links: { self, replay: `${self}/replay`, webhook: `/v1/webhooks/${webhook}` },
    });
    await attempt(api, id, 'refused');
    expect(await read(id)).toEqual({
      ...waiting,
      status: 'FAILED',
      dueAt: null,
      finishedAt: expect.stringMatching(/Z$/),
      lastError: 'It answered 400.',
      attempts: [
        {
          number: 1,
          startedAt: expect.stringMatching(/Z$/),
          latencyMs: 12,
          responseStatus: 400,
          responseHead: 'answer of the receiver',
          error: 'It answered 400.',
        },
      ],
    });
  });

  it('are listed newest first, a page at a time, and by status', async () => {
    const failed = await makeFailed();
    const { id: delivered } = await makeDelivery();
    const { id: pending } = await makeDelivery();
    await attempt(api, delivered, 'delivered');
    const first = await list('?limit=2');
    expect(first).toMatchObject({ deliveries: [{ id: pending }, { id: delivered }], previous: null });
    const second = await list(`?limit=2&cursor=${first.next}`);
    expect(second).toMatchObject({ deliveries: [{ id: failed }], next: null });
    expect(await list(`?limit=2&cursor=${second.previous}`)).toEqual(first);
    for (const [status, id] of [
      ['PENDING', pending],
      ['DELIVERED', delivered],
      ['FAILED', failed],
    ] as const) {
      expect(await list(`?status=${status}`)).toMatchObject({ deliveries: [{ id, status }], next: null });
    }
  });

  it.each([
    ['?status=lost', 'status'],
    ['?status=failed', 'status'],
    ['?cursor=now', 'cursor'],
    ['?before=now', 'before'],
    ['?limit=201', 'limit'],
    ['?after=1', 'after'],
  ])('cannot be listed by the query %s', async (query, name) => {
    const response = await api.send(`/v1/webhooks/${webhook}/deliveries${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'invalid_request', parameters: [{ name }] });
  });

  it('belong to their webhook and its merchant', async () => {
    const { id } = await makeDelivery();
    const other = await createWebhook();
    for (const path of [pathTo(id, other), pathTo(nobody), pathTo('nothing')]) {
      const problems = await Promise.all([
        readProblem(await api.send(path)),
        readProblem(await post(`${path}/replay`)),
      ]);
      expect(problems).toMatchObject([{ code: 'delivery_not_found' }, { code: 'delivery_not_found' }]);
    }
    expect((await api.send(pathTo(id), {}, api.otherKey)).status).toBe(404);
  });
});

describe('The test of a webhook', () => {
  it('is a delivery, even when the webhook is switched off', async () => {
    await api.send(`/v1/webhooks/${webhook}`, { method: 'PATCH', body: '{"enabled":false}' });
    const response = await post(`/v1/webhooks/${webhook}/test`);
    expect(response.status).toBe(202);
    const delivery = deliverySchema.parse(await response.json());
    expect(delivery).toMatchObject({
      type: 'webhook.test',
      status: 'PENDING',
      notificationId: null,
      uploadId: null,
      attempts: [],
      links: { self: pathTo(delivery.id) },
    });
    expect(await read(delivery.id)).toEqual(delivery);
    expect((await beginAttempt(api, delivery.id)).message.event).toBe('webhook.test');
  });

  it('is accepted while the queue is unavailable', async () => {
    const lonely = await startApi(inject('testPostgres'), {
      queue: { kind: 'redis', url: 'redis://127.0.0.1:1' },
    });
    try {
      const created = await post('/v1/webhooks', { url: 'https://example.com/' }, lonely);
      const id = await readId(created);
      expect((await post(`/v1/webhooks/${id}/test`, undefined, lonely)).status).toBe(202);
    } finally {
      await lonely.close();
    }
  });
});

describe('The replay of deliveries', () => {
  it('attempts one delivery again, whether it failed or not', async () => {
    const { id: delivered } = await makeDelivery();
    await attempt(api, delivered, 'delivered');
    for (const id of [delivered, await makeFailed()]) {
      const response = await post(`${pathTo(id)}/replay`);
      expect(response.status).toBe(202);
      expect(await response.json()).toMatchObject({
        id,
        status: 'PENDING',
        finishedAt: null,
        attempts: [{ number: 1 }],
      });
      expect(await beginAttempt(api, id)).toMatchObject({ attempt: 2, attemptOfRound: 1 });
    }
  });

  it('is refused while the delivery is being attempted', async () => {
    const { id } = await makeDelivery();
    await beginAttempt(api, id);
    const problem = await readProblem(await post(`${pathTo(id)}/replay`));
    expect(problem).toMatchObject({ status: 409, code: 'delivery_under_way' });
  });

  it('attempts all deliveries again that failed since a time', async () => {
    const early = await makeFailed();
    await api.database.pool.query(`UPDATE delivery SET created_at = now() - interval '1 day' WHERE id = $1`, [
      early,
    ]);
    const failed = await makeFailed();
    const { id: delivered } = await makeDelivery();
    await attempt(api, delivered, 'delivered');
    const since = new Date(Date.now() - 3_600_000).toISOString();
    const response = await post(`/v1/webhooks/${webhook}/replay`, { since });
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ replayed: 1 });
    expect(await read(failed)).toMatchObject({ status: 'PENDING' });
    expect(await read(early)).toMatchObject({ status: 'FAILED' });
    const all = await post(`/v1/webhooks/${webhook}/replay`, { since: '2020-01-01T00:00:00+02:00' });
    expect(await all.json()).toEqual({ replayed: 1 });
  });

  it.each([{}, { since: 'yesterday' }, { since: '2026-02-30T00:00:00Z' }, { since: 1_700_000_000 }])(
    'is refused with the body %j',
    async (body) => {
      const response = await post(`/v1/webhooks/${webhook}/replay`, body);
      expect(await response.json()).toMatchObject({
        status: 400,
        code: 'invalid_request',
        detail: expect.stringContaining('2026-11-23T12:00:00Z'),
        parameters: [{ name: 'since' }],
      });
    },
  );

  it('is refused while the webhook is switched off', async () => {
    const { id } = await makeDelivery();
    await attempt(api, id, 'gone');
    for (const response of [
      await post(`${pathTo(id)}/replay`),
      await post(`/v1/webhooks/${webhook}/replay`, { since: '2026-01-01T00:00:00Z' }),
    ]) {
      expect(await readProblem(response)).toMatchObject({ status: 409, code: 'webhook_disabled' });
    }
    await api.send(`/v1/webhooks/${webhook}`, { method: 'PATCH', body: '{"enabled":true}' });
    expect((await post(`${pathTo(id)}/replay`)).status).toBe(202);
  });
});
