import { createApiKey } from '@pledgeline/db';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { beginRequest, beginUpload, type RawRequest } from '../test-support/raw-request.js';
import { kickstarterCsv, startApi, type TestApi } from '../test-support/start-api.js';

const SILENCE_MS = 3_000;

let api: TestApi;
beforeAll(async () => {
  api = await startApi(inject('testPostgres'), {
    config: {
      MAX_MERCHANT_REQUESTS: 1,
      MAX_MERCHANT_UPLOADS: 1,
      MAX_UPLOADS_AT_ONCE: 2,
      TURN_TIMEOUT_MS: 100,
      RECEIVE_TIMEOUT_MS: SILENCE_MS,
    },
  });
});
afterAll(() => api.close());

const tooManyUploads = {
  type: 'urn:pledgeline:problem:too_many_uploads',
  title: 'Too many files are being received',
  status: 429,
  detail:
    'Too many files are being received at this moment, and none of them ended in time. Send the file again in a few seconds, and fewer files at once.',
  code: 'too_many_uploads',
  requestId: expect.any(String),
};

/** What an answer says about limits: what is allowed, and what is left of it. */
const quotasOf = ({ headers }: Response) => [headers.get('ratelimit-policy'), headers.get('ratelimit')];

/** Sends the first bytes of a file and waits until the API reads them, so that it holds its turn. */
async function holdTurn(key: string): Promise<RawRequest> {
  const before = await api.database.prisma.csvUpload.count();
  const request = await beginUpload(api.port, key, ['Content-Type: text/csv', 'Content-Length: 1000']);
  request.socket.write(kickstarterCsv);
  await expect.poll(() => api.database.prisma.csvUpload.count()).toBe(before + 1);
  return request;
}

describe('A merchant with as many files under way as is allowed', () => {
  it('is refused another file or inspection with 429 and Retry-After, while others send theirs', async () => {
    const { socket } = await holdTurn(api.key);
    for (const send of [
      () => api.upload(kickstarterCsv),
      () => api.send('/v1/inspect', { method: 'POST', body: kickstarterCsv }),
    ]) {
      const refused = await send();
      expect(refused.headers.get('retry-after')).toBe('5');
      expect(await refused.json()).toEqual(tooManyUploads);
      expect(quotasOf(refused)).toEqual(['"uploads";q=1;qu="concurrent-requests"', '"uploads";r=0']);
    }
    expect((await api.send('/v1/uploads')).status).toBe(200);
    const others = await api.send(
      '/v1/uploads?campaign=Lamp&force=true',
      { method: 'POST', body: kickstarterCsv },
      api.otherKey,
    );
    expect(others.status).toBe(202);
    socket.destroy();
    await expect.poll(async () => (await api.upload(kickstarterCsv)).status, { timeout: 10_000 }).toBe(202);
  });
});

describe('A merchant with several keys', () => {
  it('has the limits of one', async () => {
    const { key: second } = await createApiKey(api.database, 'Ada', 'second');
    const send = () =>
      api.send('/v1/uploads?campaign=Lamp&force=true', { method: 'POST', body: kickstarterCsv }, second);
    const { socket } = await holdTurn(api.key);
    const refused = await send();
    expect(await refused.json()).toEqual(tooManyUploads);
    expect(quotasOf(refused)[1]).toBe('"uploads";r=0');
    socket.destroy();
    await expect.poll(async () => (await send()).status, { timeout: 10_000 }).toBe(202);

    const slow = await beginRequest(api.port, 'PUT /v1/notification-settings', [
      `Authorization: Bearer ${api.key}`,
      'Content-Length: 1000',
    ]);
    slow.socket.write('{"email":');
    await expect.poll(async () => (await api.send('/v1/uploads', {}, second)).status).toBe(429);
    slow.socket.destroy();
    await expect.poll(async () => (await api.send('/v1/uploads', {}, second)).status).toBe(200);
  });
});

describe('An answer', () => {
  it('says how much its merchant may have under way, and what is left of it for all its keys', async () => {
    const roomy = await startApi(inject('testPostgres'));
    const { key: second } = await createApiKey(roomy.database, 'Ada', 'second');
    const leaving = new AbortController();
    const { signal } = leaving;
    const requests = '"requests";q=30;qu="concurrent-requests"';
    const streams = '"streams";q=20;qu="concurrent-requests"';
    expect(quotasOf(await roomy.send('/v1/uploads'))).toEqual([requests, '"requests";r=29']);
    expect(quotasOf(await roomy.send('/v1/events', { signal }))).toEqual([streams, '"streams";r=19']);
    expect(quotasOf(await roomy.send('/v1/events', { signal }, second))).toEqual([streams, '"streams";r=18']);
    expect(quotasOf(await roomy.send('/v1/events', { signal }, roomy.otherKey))[1]).toBe('"streams";r=19');
    const sent = await roomy.upload(kickstarterCsv);
    expect(quotasOf(sent)).toEqual(['"uploads";q=8;qu="concurrent-requests"', '"uploads";r=7']);
    const exported = await roomy.send('/v1/pledges?campaign=Lamp&format=csv');
    expect(quotasOf(exported)).toEqual([
      `${requests}, "exports";q=2;qu="concurrent-requests"`,
      '"requests";r=29, "exports";r=1',
    ]);
    expect(quotasOf(await fetch(`${roomy.url}/v1/uploads`))).toEqual([null, null]);
    leaving.abort();
    await roomy.close();
  });
});

describe('A client that sends JSON too slowly', () => {
  it('is cut off with 408, and until then it takes no more than its merchant has of requests', async () => {
    const slow = await beginRequest(api.port, 'PUT /v1/notification-settings', [
      `Authorization: Bearer ${api.key}`,
      'Content-Type: application/json',
      'Content-Length: 1000',
    ]);
    const begun = performance.now();
    slow.socket.write('{"email":');
    await expect.poll(async () => (await api.send('/v1/uploads')).status).toBe(429);
    const refused = await api.send('/v1/uploads');
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(await refused.json()).toEqual({
      type: 'urn:pledgeline:problem:too_many_requests',
      title: 'Too many requests are under way',
      status: 429,
      detail: 'Your account has 1 requests under way, and none of them ended in time. Send fewer at once.',
      code: 'too_many_requests',
      requestId: expect.any(String),
    });
    expect((await api.send('/v1/uploads', {}, api.otherKey)).status).toBe(200);

    const answer = await slow.answered();
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toEqual({
      type: 'urn:pledgeline:problem:upload_interrupted',
      title: 'The request did not arrive whole',
      status: 408,
      detail: 'Nothing came for 3 seconds, and the request was not complete. Send it again.',
      code: 'upload_interrupted',
      requestId: expect.any(String),
    });
    expect(performance.now() - begun).toBeGreaterThanOrEqual(SILENCE_MS - 100);
    slow.socket.destroy();
    await expect.poll(async () => (await api.send('/v1/uploads')).status).toBe(200);
  });
});
