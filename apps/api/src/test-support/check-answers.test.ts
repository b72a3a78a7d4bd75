import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkAnswers, failOnStrangeAnswers } from './check-answers.js';

const known = { type: 'object', properties: { id: { type: 'string' } }, additionalProperties: false };
const event = {
  type: 'object',
  properties: { event: { const: 'told' }, id: { type: 'string' }, data: known },
  required: ['event', 'id', 'data'],
};
const streams = {
  'application/x-ndjson': { schema: known },
  'text/event-stream': { schema: event },
  'text/csv': { schema: { type: 'string', pattern: '^\\uFEFFid,name\\r\\n' } },
};
const document = {
  openapi: '3.1.0',
  paths: {
    '/things/{id}': {
      get: { responses: { 200: { description: 'OK', content: { 'application/json': { schema: known } } } } },
    },
    '/streams': { get: { responses: { 200: { description: 'OK', content: streams } } } },
  },
  components: { responses: {}, schemas: { Problem: { type: 'object', required: ['code'] } } },
};

const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? '', 'http://localhost');
  const type = searchParams.get('type') ?? 'application/json';
  response.writeHead(Number(searchParams.get('status') ?? 200), { 'content-type': type });
  if (searchParams.has('cut')) {
    response.write(searchParams.get('body') ?? '');
    // Time for what was written to arrive.
    setTimeout(() => response.destroy(), 20);
    return;
  }
  response.end(searchParams.get('body') ?? '{"id":"a"}');
});
let url: string;
beforeAll(async () => {
  checkAnswers({ server, swagger: () => document });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(() => server.close());

const stream = (type: string, body: string, more = '') =>
  `/streams?type=${type}&body=${encodeURIComponent(body)}${more}`;
const ndjson = 'application/x-ndjson';
const events = 'text/event-stream';

async function ask(path: string): Promise<void> {
  const response = await fetch(`${url}${path}`);
  // A stream that is cut off throws.
  await response.text().catch(() => undefined);
  // The answer is checked when the server has sent it, which may be after it arrived.
  await new Promise(setImmediate);
}

describe('An answer', () => {
  it.each([
    '/things/1',
    '/things/1/?a',
    '/none?status=404&body={"code":"not_found"}',
    stream(ndjson, '{"id":"a"}\n{"id":"b"}\n'),
    stream(ndjson, '{"id":"a"}\n{"id":', '&cut'),
    stream(events, 'retry: 3000\n\n: still here\n\nevent: told\nid: 1\ndata: {"id":"a"}\n\n'),
    stream(events, 'event: told\nid: 1\ndata: {"id":"a"}\n\nevent: to', '&cut'),
    stream('text/csv', '\ufeffid,name\r\na,b\r\n'),
    stream('text/csv', '\ufeffid,', '&cut'),
  ])('that the document knows passes: %s', async (path) => {
    await ask(path);
    expect(failOnStrangeAnswers).not.toThrow();
  });

  it.each([
    ['with a member too many', '/things/1?body={"id":"a","b":1}', /additional properties/],
    ['of another type', '/things/1?body={"id":1}', /must be string/],
    ['with an unknown status', '/things/1?status=201', /no such status/],
    ['with an unknown content type', '/things/1?type=text/plain', /never text\/plain/],
    ['of no operation', '/things', /no such operation/],
    ['without a body', '/things/1?body=&type=', /has no body/],
    ['with a wrong line', stream(ndjson, '{"id":"a"}\n{"id":1}\n'), /must be string/],
    ['with a wrong line before it breaks off', stream(ndjson, '{"id":1}\n{"id":', '&cut'), /must be string/],
    [
      'with wrong data of an event',
      stream(events, 'event: told\nid: 1\ndata: {"id":1}\n\n'),
      /must be string/,
    ],
    ['with an unknown event', stream(events, 'event: odd\nid: 1\ndata: {"id":"a"}\n\n', '&cut'), /constant/],
    ['with an event that has no id', stream(events, 'event: told\ndata: {"id":"a"}\n\n'), /must be object/],
    ['with other columns', stream('text/csv', '\ufeffid,names\r\n'), /must match pattern/],
    ['that is no problem', '/none?status=404&body={}', /must have required property 'code'/],
  ])('that the document does not know fails the test: %s', async (_what, path, message) => {
    await ask(path);
    expect(failOnStrangeAnswers).toThrow(message);
    expect(failOnStrangeAnswers).not.toThrow();
  });
});
