import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import type { EventPath } from '../contract.js';
import { createClient } from '../index.js';
import { answerJson, type FakeApi, startFakeApi } from '../test-support/fake-api.js';
import type { EventData } from './follow-events.js';

let api: FakeApi;
beforeAll(async () => {
  api = await startFakeApi();
});
afterAll(() => api.close());

/** An API whose streams are these, one after the other; it says with which last id each was asked for. */
function serveStreams(...streams: readonly ((response: ServerResponse) => void)[]) {
  const asked: (string | undefined)[] = [];
  api.answer(({ headers }, response) => {
    const stream = streams[asked.length];
    asked.push(headers['last-event-id']?.toString());
    if (stream === undefined) response.writeHead(204).end();
    else stream(response);
  });
  return asked;
}

const open = (response: ServerResponse) =>
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
const says =
  (text: string, end: (response: ServerResponse) => void = (response) => response.end()) =>
  (response: ServerResponse): void => {
    open(response).write(`retry: 20\n\n: still here\n\n${text}`, () => end(response));
  };
const event = (id: string, data: unknown, name = 'notification') =>
  `event: ${name}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;

const client = () => createClient({ url: api.url, key: 'pl_key' });

describe('The events of a stream', () => {
  it('go on after the last one when the stream breaks off, and end when there is nothing more', async () => {
    const asked = serveStreams(
      says(event('1', { title: 'Zoë' }) + event('2', { title: 'b' })),
      says(`${event('3', { title: 'c' })}event: notification\nid: 4\nda`, (response) => response.destroy()),
      (response) => answerJson(response, { code: 'database_unavailable' }, 503),
    );
    const seen: unknown[] = [];
    for await (const { id, event, data } of client().events('/v1/events')) seen.push([id, event, data.title]);
    expect(seen).toEqual([
      ['1', 'notification', 'Zoë'],
      ['2', 'notification', 'b'],
      ['3', 'notification', 'c'],
    ]);
    expect(asked).toEqual([undefined, '2', '3', '3']);
  });

  it('begin after the one that another reader had, and end with the end of an upload', async () => {
    const asked = serveStreams(
      says(event('ended-2', { uploadId: 'u', status: 'COMPLETED' }, 'ended'), () => undefined),
    );
    const input = { path: { id: 'u' }, query: { lastEventId: 'importing-1' } };
    const seen: string[] = [];
    for await (const { data } of client().events('/v1/uploads/{id}/events', input)) seen.push(data.status);
    expect([seen, asked]).toEqual([['COMPLETED'], ['importing-1']]);
  });

  it('throw what does not pass, and what kept the API away for too long', async () => {
    const first = async (patienceMs: number) => {
      for await (const each of client().events('/v1/events', { patienceMs })) return each;
      return null;
    };
    serveStreams((response) => answerJson(response, { code: 'unknown_key' }, 401));
    await expect(first(60_000)).rejects.toMatchObject({ name: 'ProblemError', code: 'unknown_key' });
    api.answer((request) => request.socket.destroy());
    await expect(first(10)).rejects.toMatchObject({ name: 'ConnectionError' });
  });

  it('end the request when the reader has had enough, and with the reason of a signal', async () => {
    let closed = 0;
    const stays = says(event('1', {}), (response) => {
      response.once('close', () => {
        closed += 1;
      });
    });
    serveStreams(stays, stays);
    for await (const { id } of client().events('/v1/events')) {
      expect(id).toBe('1');
      break;
    }
    await expect.poll(() => closed).toBe(1);
    const stop = new AbortController();
    const reason = new Error('The page is closed');
    const reading = (async () => {
      for await (const _ of client().events('/v1/events', { signal: stop.signal })) stop.abort(reason);
    })();
    await expect(reading).rejects.toBe(reason);
    await expect.poll(() => closed).toBe(2);
  });

  it('have types for every stream of the contract', () => {
    expectTypeOf<EventPath>().toEqualTypeOf<keyof EventData>();
  });
});
