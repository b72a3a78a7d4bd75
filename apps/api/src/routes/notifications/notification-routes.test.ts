import { changeSettings } from '@pledgeline/db';
import { defaultSettings } from '@pledgeline/db/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { readAccepted, readProblem } from '../../test-support/answers.js';
import { attempt, cancelNewUpload, completeUpload, routeAll } from '../../test-support/make-notifications.js';
import { kickstarterCsv, startApi, type TestApi } from '../../test-support/start-api.js';

const nobody = '01890000-0000-7000-8000-000000000000';
const pageSchema = z.looseObject({
  notifications: z.array(z.looseObject({ id: z.string(), type: z.string(), readAt: z.string().nullable() })),
  next: z.string().nullable(),
  previous: z.string().nullable(),
  unreadCount: z.number(),
});

let api: TestApi;
let completed: string;
let canceled: string;
beforeAll(async () => {
  api = await startApi(inject('testPostgres'), { config: { PUBLIC_URL: 'https://pledgeline.example/' } });
  completed = await completeUpload(api, kickstarterCsv.replace('alan@example.com', 'not an address'));
  canceled = await cancelNewUpload(api);
});
afterAll(() => api.close());

const list = async (query = '') =>
  pageSchema.parse(await (await api.send(`/v1/notifications${query}`)).json());
const post = (path: string, body?: string, key?: string) =>
  api.send(`/v1/notifications${path}`, { method: 'POST', ...(body !== undefined && { body }) }, key);

describe('The feed of notifications', () => {
  it('shows notifications with sentences, counts and links, newest first', async () => {
    const page = await list();
    expect(page).toMatchObject({ next: null, unreadCount: 2 });
    const upload = `https://pledgeline.example/v1/uploads/${completed}`;
    expect(page.notifications).toEqual([
      expect.objectContaining({ type: 'upload.canceled', uploadId: canceled }),
      {
        id: expect.any(String),
        type: 'upload.completed',
        message: expect.stringMatching(/"backers\.csv".* 1 of 2 rows/),
        title: expect.stringMatching(/^"backers\.csv" is imported/),
        sentences: expect.arrayContaining([expect.stringContaining('1 of 2 rows')]),
        rows: { total: 2, imported: 1, rejected: 1, leftOut: 0, open: 0 },
        gone: { marked: 0, back: 0 },
        fileIssues: { count: 0, errors: 0, codes: [] },
        uploadId: completed,
        createdAt: expect.stringMatching(/Z$/),
        readAt: null,
        links: {
          page: `https://pledgeline.example/app/uploads/${completed}`,
          upload,
          issues: `${upload}/issues?severity=error`,
        },
      },
    ]);
    expect((await api.send(`/v1/uploads/${completed}/issues?severity=error`)).status).toBe(200);
  });

  it('comes a page at a time', async () => {
    const first = await list('?limit=1');
    expect(first.notifications).toMatchObject([{ type: 'upload.canceled' }]);
    const second = await list(`?limit=1&cursor=${first.next}`);
    expect(second).toMatchObject({ notifications: [{ type: 'upload.completed' }], next: null });
    expect(await list(`?limit=1&cursor=${second.previous}`)).toEqual(first);
  });

  it('can be limited to one upload', async () => {
    expect(await list(`?upload=${canceled}`)).toMatchObject({
      notifications: [{ uploadId: canceled }],
      unreadCount: 2,
    });
  });

  it('can be limited to some types', async () => {
    const page = await list('?type=upload.completed,upload.failed');
    expect(page).toMatchObject({ notifications: [{ type: 'upload.completed' }], next: null, unreadCount: 2 });
    const response = await api.send('/v1/notifications?type=upload.done');
    expect(response.status).toBe(400);
    expect(JSON.stringify(await readProblem(response))).toContain('upload.completed, upload.failed');
  });

  it('links the mapping of an upload that waits for one', async () => {
    const { id } = await readAccepted(await api.upload('Wer,Was,Wo\nAda,Lampe,Wien\n'));
    const [newest] = (await list(`?upload=${id}`)).notifications;
    const upload = `https://pledgeline.example/v1/uploads/${id}`;
    expect(newest).toMatchObject({
      type: 'upload.needs_mapping',
      links: { page: `https://pledgeline.example/app/uploads/${id}`, upload, mapping: `${upload}/mapping` },
    });
    expect(newest?.['links']).not.toHaveProperty('issues');
  });

  it('links a webhook that was switched off', async () => {
    const created = await api.send('/v1/webhooks', {
      method: 'POST',
      body: JSON.stringify({ url: 'https://example.com/gone' }),
    });
    const { links } = z.object({ links: z.object({ self: z.string() }) }).parse(await created.json());
    await cancelNewUpload(api);
    for (const id of (await routeAll(api)).slice(0, 1)) await attempt(api, id, 'gone');
    expect((await list()).notifications[0]).toMatchObject({
      type: 'webhook.disabled',
      title: expect.stringContaining('example.com'),
      rows: null,
      fileIssues: null,
      uploadId: null,
      links: { page: links.self.replace('/v1/', '/app/'), webhook: links.self },
    });
  });

  it('shows a notification of an older release, which has a message but no facts', async () => {
    const id = await cancelNewUpload(api);
    await api.database.pool.query('UPDATE notification SET facts = NULL WHERE upload_id = $1', [id]);
    const [old] = (await list(`?upload=${id}`)).notifications;
    expect(old).toMatchObject({ title: old?.['message'], sentences: [], rows: null, uploadId: id });
  });

  it('leaves out events without the channel in_app', async () => {
    const channels = { ...defaultSettings.channels, 'upload.canceled': [] };
    await changeSettings(api.database, api.merchantId, { ...defaultSettings, channels });
    const events = (await list()).notifications.map(({ type }) => type);
    expect(events).not.toContain('upload.canceled');
    expect(events).toContain('upload.completed');
    await changeSettings(api.database, api.merchantId, defaultSettings);
  });

  it.each([
    ['?unread=yes', 'unread'],
    ['?upload=last', 'upload'],
    ['?cursor=now', 'cursor'],
    ['?before=now', 'before'],
    ['?limit=201', 'limit'],
    ['?limit=0', 'limit'],
    ['?page=2', 'page'],
    ['?unread=true&unread=false', 'unread'],
  ])('refuses the query %s and names the wrong parameter', async (query, name) => {
    const response = await api.send(`/v1/notifications${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'invalid_request', parameters: [{ name }] });
  });
});

describe('Marking notifications as read', () => {
  it('keeps the time when a notification was first marked', async () => {
    const id = await cancelNewUpload(api);
    const [message] = (await list(`?upload=${id}&unread=true`)).notifications;
    const before = (await list()).unreadCount;
    const first = await post(`/${message?.id}/read`);
    expect(first.status).toBe(200);
    const read = z.looseObject({ readAt: z.string() }).parse(await first.json());
    expect(read).toMatchObject({ id: message?.id, uploadId: id });
    const second = await post(`/${message?.id}/read`, 'whatever');
    expect(await second.json()).toMatchObject({ readAt: read.readAt });
    expect(await list(`?upload=${id}&unread=true`)).toMatchObject({
      notifications: [],
      unreadCount: before - 1,
    });
    expect(await list(`?upload=${id}&unread=false`)).toMatchObject({ notifications: [{ id: message?.id }] });
  });

  it('is possible for all notifications up to an id, or for all there are', async () => {
    await post('/read');
    await cancelNewUpload(api);
    const [upTo] = (await list()).notifications;
    await cancelNewUpload(api);
    await cancelNewUpload(api);
    const some = await post('/read', JSON.stringify({ upTo: upTo?.id }));
    expect(some.status).toBe(200);
    expect(await some.json()).toEqual({ read: 1 });
    expect((await list()).unreadCount).toBe(2);
    expect(await (await post('/read', '{}')).json()).toEqual({ read: 2 });
    expect(await (await post('/read')).json()).toEqual({ read: 0 });
  });

  it.each([
    ['{"upTo":"yesterday"}', 'upTo'],
    ['{"upTo":null}', 'upTo'],
    ['{"until":"now"}', 'until'],
    ['[]', ''],
  ])('is refused with the body %s', async (body, name) => {
    const response = await post('/read', body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'invalid_request', parameters: [{ name }] });
  });

  it('is refused with a body that is no JSON', async () => {
    expect(await readProblem(await post('/read', '{'))).toMatchObject({ code: 'invalid_request' });
  });

  it.each([nobody, 'nothing', '%00'])('is refused for a notification that does not exist: %s', async (id) => {
    expect(await readProblem(await post(`/${id}/read`))).toMatchObject({
      status: 404,
      code: 'notification_not_found',
    });
  });

  it('is refused up to a notification that does not exist', async () => {
    const problem = await readProblem(await post('/read', JSON.stringify({ upTo: nobody })));
    expect(problem).toMatchObject({ status: 404, code: 'notification_not_found' });
  });
});

describe('Another merchant', () => {
  it('cannot see the notifications or mark them as read', async () => {
    const id = await cancelNewUpload(api);
    const [message] = (await list(`?upload=${id}`)).notifications;
    const empty = { notifications: [], next: null, previous: null, unreadCount: 0 };
    expect(await (await api.send('/v1/notifications', {}, api.otherKey)).json()).toEqual(empty);
    const ofUpload = await api.send(`/v1/notifications?upload=${id}`, {}, api.otherKey);
    expect(await readProblem(ofUpload)).toMatchObject({ status: 404, code: 'upload_not_found' });
    expect((await post(`/${message?.id}/read`, undefined, api.otherKey)).status).toBe(404);
    expect((await post('/read', JSON.stringify({ upTo: message?.id }), api.otherKey)).status).toBe(404);
    expect(await (await post('/read', undefined, api.otherKey)).json()).toEqual({ read: 0 });
    expect((await list(`?upload=${id}&unread=true`)).notifications).toHaveLength(1);
  });
});
