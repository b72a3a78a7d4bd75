import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { changeSettings } from '@pledgeline/db';
import { defaultSettings } from '@pledgeline/db/testing';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { z } from 'zod';
import { readProblem } from '../../test-support/answers.js';
import { cancelNewUpload, completeUpload, writeLongMessages } from '../../test-support/make-notifications.js';
import { type OpenedStream, openStream } from '../../test-support/read-events.js';
import { startApi, type TestApi } from '../../test-support/start-api.js';
import { maxStreams } from './stream-seats.js';

let api: TestApi;
let opened: OpenedStream[] = [];
beforeAll(async () => {
  api = await startApi(inject('testPostgres'));
});
afterAll(() => api.close());
afterEach(async () => {
  for (const stream of opened) stream.leave();
  await Promise.all(opened.map(({ ended }) => ended));
  opened = [];
});

async function open(...[options]: [Parameters<typeof openStream>[1]?]): Promise<OpenedStream> {
  const stream = await openStream(api, options);
  opened.push(stream);
  return stream;
}

/** Waits until the stream has told all that there is to tell by now: messages that come later stand behind it. */
async function hearMore(stream: OpenedStream, key?: string): Promise<string> {
  const upload = await cancelNewUpload(api, key);
  await stream.hears(upload);
  return upload;
}

/** A client of the stream that reads nothing, and the server's end of its connection. Its stream has begun. */
async function openUnread({ app, port }: TestApi, key: string, query = '') {
  const socket = connect(port, '127.0.0.1').pause();
  socket.on('error', () => undefined);
  const accepted = new Promise<Socket>((resolve) => {
    app.server.on('connection', (other: Socket) => {
      if (other.remotePort === socket.localPort) resolve(other);
    });
  });
  socket.write(`GET /v1/events${query} HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer ${key}\r\n\r\n`);
  const serverEnd = await accepted;
  await vi.waitFor(() => expect(serverEnd.bytesWritten).toBeGreaterThan(0), { timeout: 50_000 });
  return { socket, serverEnd };
}

const uploadsOf = (stream: OpenedStream) => stream.events().map(({ data }) => data.uploadId);

describe('The event stream', () => {
  it('sends notifications as they come, in the form of the feed', async () => {
    await cancelNewUpload(api);
    const stream = await open();
    expect(stream.response.status).toBe(200);
    expect(Object.fromEntries(stream.response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    const upload = await completeUpload(api);
    const heard = await stream.hears(upload);
    const feed = z
      .object({ notifications: z.array(z.looseObject({ id: z.string() })) })
      .parse(await (await api.send(`/v1/notifications?upload=${upload}`)).json());
    expect(heard).toEqual({
      event: 'notification',
      id: feed.notifications[0]?.id,
      data: feed.notifications[0],
    });
    expect(stream.text()).toMatch(/^retry: 3000\n\n/);
    expect(uploadsOf(stream)).toEqual([upload]);
  });

  it('sends every notification once, in order, to every client', async () => {
    const streams = [await open(), await open()];
    const uploads: string[] = [];
    for (let made = 0; made < 8; made += 1) {
      const upload = await cancelNewUpload(api);
      uploads.push(upload);
      // The server has looked in between.
      if (made % 3 === 0) await streams[0]?.hears(upload);
    }
    for (const stream of streams) uploads.push(await hearMore(stream));
    for (const stream of streams) await stream.hears(uploads.at(-1) ?? '');
    for (const stream of streams) expect(uploadsOf(stream)).toEqual(uploads);
  });

  it('sends a notification that became visible after one with a later id', async () => {
    const stream = await open();
    const client = await api.database.pool.connect();
    try {
      await client.query('BEGIN');
      await writeLongMessages(client, api.merchantId, { count: 1, length: 10 });
      await hearMore(stream);
      await hearMore(stream);
      expect(stream.events()).toHaveLength(2);
      await client.query('COMMIT');
    } finally {
      client.release();
    }
    await vi.waitFor(() => expect(stream.events()).toHaveLength(3), { timeout: 50_000 });
    const [first, , third] = stream.events();
    expect(String(third?.id) < String(first?.id)).toBe(true);
  });

  it('continues after the last id that the client has', async () => {
    const first = await open();
    const heard = await first.hears(await cancelNewUpload(api));
    first.leave();
    const missed = [await cancelNewUpload(api), await cancelNewUpload(api)];
    for (const again of [
      await open({ headers: { 'Last-Event-ID': heard.id } }),
      await open({ query: `?lastEventId=${heard.id.toUpperCase()}`, headers: { 'Last-Event-ID': '' } }),
    ]) {
      for (const upload of missed) await again.hears(upload);
      const next = await cancelNewUpload(api);
      await again.hears(next);
      expect(again.events().map(({ id }) => id)).not.toContain(heard.id);
      const sent = again.events().map(({ id }) => id);
      expect(new Set(sent).size).toBe(sent.length);
    }
  });

  it('begins with old notifications, page after page, when it is asked to', async () => {
    const count = 450;
    await writeLongMessages(api.database.pool, api.merchantId, { count, length: 2_000 });
    const stream = await open({ query: '?lastEventId=01890000-0000-7000-8000-000000000000' });
    await vi.waitFor(() => expect(stream.events().length).toBeGreaterThan(count), { timeout: 50_000 });
    const upload = await cancelNewUpload(api);
    await stream.hears(upload);
    const all = await api.database.prisma.notification.findMany({
      where: { merchantId: api.merchantId },
      select: { id: true },
      orderBy: { id: 'asc' },
    });
    expect(stream.events().map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  });

  it('skips nothing when a client sends an id from the future', async () => {
    const stream = await open({ headers: { 'Last-Event-ID': 'ffffffff-ffff-7fff-bfff-ffffffffffff' } });
    await stream.hears(await cancelNewUpload(api));
  });

  it('leaves out events without the channel in_app, also after the settings changed', async () => {
    const stream = await open();
    const channels = { ...defaultSettings.channels, 'upload.canceled': ['email' as const] };
    await changeSettings(api.database, api.merchantId, { ...defaultSettings, channels });
    const unwanted = await cancelNewUpload(api);
    const wanted = await completeUpload(api);
    await stream.hears(wanted);
    await changeSettings(api.database, api.merchantId, defaultSettings);
    await hearMore(stream);
    expect(uploadsOf(stream)).not.toContain(unwanted);
  });

  it('sends nothing to another merchant', async () => {
    const bobs = await open({ key: api.otherKey });
    const adas = await open();
    const adasUpload = await cancelNewUpload(api);
    const bobsUpload = await cancelNewUpload(api, api.otherKey);
    await adas.hears(adasUpload);
    await bobs.hears(bobsUpload);
    const adasNext = await hearMore(adas);
    const bobsNext = await hearMore(bobs, api.otherKey);
    expect(uploadsOf(adas)).toEqual([adasUpload, adasNext]);
    expect(uploadsOf(bobs)).toEqual([bobsUpload, bobsNext]);
    const curious = await open({ key: api.otherKey, query: `?lastEventId=${adas.events()[0]?.id}` });
    const own = [bobsUpload, bobsNext, await hearMore(curious, api.otherKey)];
    expect(uploadsOf(curious).filter((upload) => !own.includes(upload ?? ''))).toEqual([]);
  });

  it('does not query the database while no client is connected', async () => {
    const watcher = await open();
    watcher.leave();
    const queries = vi.spyOn(api.database.pool, 'query');
    const isAskedNothing = async () => {
      queries.mockClear();
      await sleep(2_500);
      expect(queries).not.toHaveBeenCalled();
    };
    // The server may take its time to notice that the watcher has left.
    await vi.waitFor(isAskedNothing, { timeout: 50_000 });
    queries.mockRestore();
  });

  it.each([
    ['?lastEventId=yesterday', {}, 'lastEventId'],
    ['?lastEventId=9b2d5f5e-6f0a-4d55-8d6c-0f6a4b6a3f10', {}, 'lastEventId'],
    ['?last=1', {}, 'last'],
    ['', { 'Last-Event-ID': '17' }, 'Last-Event-ID'],
  ])('is refused for query "%s" and headers %j', async (query, headers, name) => {
    const response = await api.send(`/v1/events${query}`, { headers });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'invalid_request',
      detail: expect.stringContaining(`"${name}"`),
      parameters: [{ name }],
    });
  });

  it('has no HEAD route', async () => {
    expect((await api.send('/v1/events', { method: 'HEAD' })).status).toBe(405);
  });
});

describe('A merchant with too many event streams', () => {
  it('is refused one more until one is closed', async () => {
    for (let count = 0; count < maxStreams; count += 1) await open();
    const refused = await api.send('/v1/events');
    expect(refused.headers.get('retry-after')).toBe('30');
    expect(await readProblem(refused)).toMatchObject({ status: 429, code: 'too_many_streams' });
    await open({ key: api.otherKey });
    opened[0]?.leave();
    await vi.waitFor(async () => expect((await open()).response.status).toBe(200), { timeout: 50_000 });
  });
});

describe('An event stream whose client is gone before its key was looked up', () => {
  it('does not count as open', async () => {
    const blocker = await api.database.pool.connect();
    const leaving = new AbortController();
    const gone = new Promise<void>((resolve) => {
      let closed = 0;
      api.app.server.on('request', (_request, response) => {
        response.once('close', () => {
          closed += 1;
          if (closed === maxStreams) resolve();
        });
      });
    });
    try {
      await blocker.query('BEGIN');
      await blocker.query('LOCK TABLE api_key IN ACCESS EXCLUSIVE MODE');
      const { signal } = leaving;
      const requests = Array.from({ length: maxStreams }, () => api.send('/v1/events', { signal }));
      const ended = Promise.allSettled(requests);
      await vi.waitFor(async () => expect(await connections()).toBeGreaterThanOrEqual(maxStreams), {
        timeout: 50_000,
      });
      leaving.abort();
      await Promise.all([ended, gone]);
      await blocker.query('ROLLBACK');
    } finally {
      blocker.release(true);
    }
    expect((await open()).response.status).toBe(200);
  });

  const connections = () =>
    new Promise<number>((resolve) => api.app.server.getConnections((_error, count) => resolve(count)));
});

describe('An event stream whose client does not read', () => {
  let bob: string;
  beforeAll(async () => {
    ({ id: bob } = await api.database.prisma.merchant.findUniqueOrThrow({ where: { name: 'Bob' } }));
  });
  afterEach(() => api.database.pool.query('DELETE FROM notification WHERE merchant_id = $1', [bob]));

  /** Resolves when the server has closed its end. */
  async function openAndSleep(query = ''): Promise<{ readonly cutOff: Promise<unknown> }> {
    const { socket, serverEnd } = await openUnread(api, api.otherKey, query);
    const cutOff = once(serverEnd, 'close').then(() => socket.destroy());
    return { cutOff };
  }

  it('is cut off when too much waits for it', async () => {
    const { cutOff } = await openAndSleep();
    await writeLongMessages(api.database.pool, bob, { count: 450, length: 50_000 });
    await cutOff;
  });

  it('is cut off when the client asks for all notifications and reads nothing', async () => {
    await writeLongMessages(api.database.pool, bob, { count: 450, length: 50_000 });
    const { cutOff } = await openAndSleep('?lastEventId=01890000-0000-7000-8000-000000000000');
    await cutOff;
  });
});

describe('An event stream that stays open', () => {
  it('sends comments to stay alive, and ends when its key is revoked', async () => {
    const stream = await openStream(api, { key: api.otherKey });
    await vi.waitFor(() => expect(stream.text()).toContain('\n: still here\n\n'), {
      timeout: 50_000,
      interval: 200,
    });
    await api.database.prisma.apiKey.updateMany({
      where: { merchant: { name: 'Bob' } },
      data: { revokedAt: new Date() },
    });
    await stream.ended;
  });
});

describe('An API that is closed', () => {
  it('ends its event streams at once, even those of clients that do not read', async () => {
    const closing = await startApi(inject('testPostgres'));
    const stream = await openStream(closing);
    const { socket } = await openUnread(closing, closing.key);
    const tidy = setInterval(() => closing.app.server.closeIdleConnections(), 50);
    // It would wait for ever for a stream that does not end.
    await closing.app.close();
    clearInterval(tidy);
    await stream.ended;
    expect(stream.text()).toBe('retry: 3000\n\n');
    socket.destroy();
    await closing.close();
  });
});
