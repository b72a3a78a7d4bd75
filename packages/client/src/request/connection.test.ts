import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient } from '../index.js';
import { answerWith, json, problem } from '../test-support/answers.js';
import { writeAddress } from './address.js';
import { ConnectionError, ProblemError } from './errors.js';

const url = 'https://api.example';
const key = 'pl_key';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What a promise rejects with, after all timers that it waits for. */
async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  const settled = promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  await vi.runAllTimersAsync();
  return settled;
}

describe('A call', () => {
  it('that may be repeated is tried again when the API says, and not before', async () => {
    const api = answerWith(
      problem(503, 'database_unavailable', { 'retry-after': '7' }),
      json({ uploads: [], next: null }),
    );
    const client = createClient({ url: `${url}/`, key, fetch: api.fetch });
    const answer = client.get('/v1/uploads', { query: { limit: 5 } });
    await vi.runAllTimersAsync();
    expect(await answer).toEqual({ uploads: [], next: null });
    const [first, second, ...more] = api.requests;
    expect(first).toMatchObject({ method: 'GET', url: 'https://api.example/v1/uploads?limit=5' });
    expect(Number(second?.at) - Number(first?.at)).toBe(7_000);
    expect(more).toEqual([]);
  });

  it('is tried only so often, and throws what the API said last', async () => {
    const busy = () => problem(429, 'too_many_requests', { 'retry-after': '1', 'x-request-id': 'r-1' });
    const api = answerWith(busy(), busy(), busy());
    const client = createClient({ url, key, fetch: api.fetch, retries: 2 });
    const error = await errorOf(client.delete('/v1/keys/{id}', { path: { id: 'k' } }));
    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({
      status: 429,
      code: 'too_many_requests',
      detail: 'Wrong: too_many_requests.',
      message: 'Wrong: too_many_requests.',
      requestId: 'r-1',
      retryAfter: 1,
    });
    expect(api.requests).toHaveLength(3);
  });

  it('is not tried again when that could do something twice', async () => {
    const api = answerWith(problem(503, 'database_unavailable'));
    const client = createClient({ url, key, fetch: api.fetch });
    const error = await errorOf(client.post('/v1/webhooks', { body: { url: 'https://shop.example' } }));
    expect(error).toMatchObject({ code: 'database_unavailable' });
    expect(api.requests).toHaveLength(1);
  });

  it.each([400, 401, 404, 409, 500, 502])('is not tried again when the answer is %i', async (status) => {
    const api = answerWith(problem(status, 'internal_error'));
    const client = createClient({ url, key, fetch: api.fetch });
    expect(await errorOf(client.get('/v1/platforms'))).toMatchObject({ status });
    expect(api.requests).toHaveLength(1);
  });

  it('leaves a long wait to the caller', async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    const api = answerWith(problem(503, 'database_unavailable', { 'retry-after': date }));
    const client = createClient({ url, key, fetch: api.fetch });
    const { retryAfter } = Object(await errorOf(client.get('/v1/platforms')));
    expect(retryAfter).toBeGreaterThan(3_590);
    expect(api.requests).toHaveLength(1);
  });

  it('says that there was no answer, and why', async () => {
    const gone = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
    const api = answerWith(gone, gone, gone, gone);
    const client = createClient({ url, key, fetch: api.fetch });
    const error = await errorOf(client.get('/v1/platforms'));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({
      message: 'The API at https://api.example did not answer: connect ECONNREFUSED',
      cause: gone,
    });
    expect(api.requests).toHaveLength(4);
  });

  it('does not wait for ever', async () => {
    const api = answerWith();
    const client = createClient({ url, key, fetch: api.fetch, retries: 0, timeoutMs: 50 });
    expect(await errorOf(client.get('/v1/platforms'))).toMatchObject({
      name: 'ConnectionError',
      cause: { name: 'TimeoutError' },
    });
  });

  it('ends with the reason of its signal, also while it waits for the next try', async () => {
    const reason = new Error('The person went away');
    const stop = new AbortController();
    const api = answerWith(problem(503, 'database_unavailable', { 'retry-after': '30' }));
    const client = createClient({ url, key, fetch: api.fetch });
    setTimeout(() => stop.abort(reason), 1_000);
    expect(await errorOf(client.get('/v1/platforms', { signal: stop.signal }))).toBe(reason);
    expect(api.requests).toHaveLength(1);
  });

  it('makes an error of an answer that is not of the API', async () => {
    const page = new Response('<h1>Bad gateway</h1>', { status: 502 });
    const client = createClient({ url, key, fetch: answerWith(page).fetch });
    const { code, detail, requestId, problem: body } = Object(await errorOf(client.get('/v1/platforms')));
    expect({ code, detail, requestId, body }).toEqual({
      code: 'http_502',
      detail: 'The server answered 502.',
      requestId: null,
      body: {},
    });
  });

  it('says so when the answer is a file, or of something else', async () => {
    const page = new Response('<h1>Log in</h1>', { headers: { 'content-type': 'text/html' } });
    const api = answerWith(page);
    const client = createClient({ url, key, fetch: api.fetch });
    const error = await errorOf(client.get('/v1/pledges', { query: { campaign: 'Lamp', format: 'csv' } }));
    expect(error).toMatchObject({
      name: 'ConnectionError',
      message: expect.stringContaining(
        'answers /v1/pledges?campaign=Lamp&format=csv with text/html, not with JSON',
      ),
    });
    expect(api.requests).toHaveLength(1);
  });

  it('says at once that a key cannot be one', () => {
    expect(() => createClient({ url, key: '' })).toThrow(TypeError);
    expect(() => createClient({ url, key: 'pl_a\n' })).toThrow(TypeError);
  });
});

describe('An address', () => {
  const ids = fc.string({ minLength: 1, unit: 'grapheme' }).filter((id) => !/^\.\.?$/.test(id));

  it('has any value in its place', () => {
    fc.assert(
      fc.property(ids, fc.string({ unit: 'grapheme' }), (id, name) => {
        const at = new URL(writeAddress('/v1/uploads/{id}/issues', { id }, { name, left: undefined }), url);
        const [, , , place = '', last] = at.pathname.split('/');
        expect([decodeURIComponent(place), last]).toEqual([id, 'issues']);
        expect([...at.searchParams]).toEqual([['name', name]]);
      }),
    );
  });

  it('is not written without a value that it needs', () => {
    for (const id of ['', '.', '..', null, undefined]) {
      const write = () => writeAddress('/v1/uploads/{id}', { id });
      expect(write).toThrow('/v1/uploads/{id} needs a value for "id".');
    }
    expect(() => writeAddress('/v1/uploads/{id}')).toThrow(TypeError);
  });
});
