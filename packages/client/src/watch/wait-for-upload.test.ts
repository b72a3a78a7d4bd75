import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '../index.js';
import { answerJson, type FakeApi, startFakeApi } from '../test-support/fake-api.js';

let api: FakeApi;
beforeAll(async () => {
  api = await startFakeApi();
});
afterAll(() => api.close());

/** An API with one upload, which says what it was asked. */
function serveUpload({ stream }: { readonly stream: (response: ServerResponse) => void }) {
  const state = { status: 'PROCESSING', reads: 0, streams: 0 };
  api.answer((request, response) => {
    if (request.url === '/v1/uploads/u/events') {
      state.streams += 1;
      return stream(response);
    }
    state.reads += 1;
    answerJson(response, { id: 'u', status: state.status });
  });
  return state;
}

const client = () => createClient({ url: api.url, key: 'pl_key' });

describe('Waiting for an upload', () => {
  it('looks when the event stream says that something has changed', async () => {
    let events: ServerResponse | undefined;
    const state = serveUpload({
      stream(response) {
        events = response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
        events.write('retry: 3000\n\n');
      },
    });
    const seen: string[] = [];
    const waiting = client().waitForUpload('u', { onProgress: ({ status }) => seen.push(status) });
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    // Once at first, and once when the stream was opened.
    expect(state.reads).toBeLessThanOrEqual(3);
    state.status = 'NEEDS_MAPPING';
    const endedAt = Date.now();
    events?.write('event: ended\nid: 1\ndata: {}\n\n');
    expect((await waiting).status).toBe('NEEDS_MAPPING');
    expect(Date.now() - endedAt).toBeLessThan(1_000);
    expect(seen.at(-1)).toBe('NEEDS_MAPPING');
    expect(state.streams).toBe(1);
    // The stream is given back.
    await new Promise<void>((resolve) => events?.once('close', resolve));
  });

  it('asks again and again where there is no event stream', async () => {
    const state = serveUpload({ stream: (response) => answerJson(response, { code: 'not_found' }, 404) });
    setTimeout(() => {
      state.status = 'COMPLETED';
    }, 1_000);
    expect((await client().waitForUpload('u')).status).toBe('COMPLETED');
    expect(state.reads).toBeGreaterThan(2);
    expect(state.reads).toBeLessThan(10);
    expect(state.streams).toBe(1);
  });

  it('ends when other columns are there to be looked at, and not before', async () => {
    const draft = { kind: 'REMAP', status: 'BUILDING', error: null };
    api.answer((request, response) => {
      if (request.url !== '/v1/uploads/u') return answerJson(response, { code: 'not_found' }, 404);
      answerJson(response, { id: 'u', status: 'REMAPPING', draft });
    });
    const seen: string[] = [];
    setTimeout(() => {
      draft.status = 'READY';
    }, 700);
    const upload = await client().waitForUpload('u', {
      onProgress: (each) => seen.push(each.draft?.status ?? 'none'),
    });
    expect([upload.status, upload.draft?.status]).toEqual(['REMAPPING', 'READY']);
    expect(seen.slice(0, 2)).toEqual(['BUILDING', 'BUILDING']);
  });

  it('outlasts an API that is away for a while, but not for too long', async () => {
    let isAway = true;
    api.answer((request, response) => {
      if (isAway) return void request.socket.destroy();
      if (request.url === '/v1/uploads/u') return answerJson(response, { id: 'u', status: 'COMPLETED' });
      answerJson(response, { code: 'not_found' }, 404);
    });
    setTimeout(() => {
      isAway = false;
    }, 800);
    expect((await client().waitForUpload('u')).status).toBe('COMPLETED');
    isAway = true;
    const gaveUp = client().waitForUpload('u', { patienceMs: 500 });
    await expect(gaveUp).rejects.toMatchObject({ name: 'ConnectionError' });
  });

  it('ends with what the API says is wrong, and with the reason of its signal', async () => {
    api.answer((_, response) => answerJson(response, { code: 'upload_not_found', detail: 'None.' }, 404));
    await expect(client().waitForUpload('u')).rejects.toMatchObject({ code: 'upload_not_found' });
    serveUpload({
      stream: (response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }),
    });
    const reason = new Error('The person went away');
    const stop = new AbortController();
    setTimeout(() => stop.abort(reason), 300);
    await expect(client().waitForUpload('u', { signal: stop.signal })).rejects.toBe(reason);
  });
});
