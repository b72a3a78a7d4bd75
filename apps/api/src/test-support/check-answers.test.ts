import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkAnswers, failOnStrangeAnswers } from './check-answers.js';

const known = { type: 'object', properties: { id: { type: 'string' } }, additionalProperties: false };
const document = {
  openapi: '3.1.0',
  paths: {
    '/things/{id}': {
      get: { responses: { 200: { description: 'OK', content: { 'application/json': { schema: known } } } } },
    },
  },
  components: { responses: {}, schemas: { Problem: { type: 'object', required: ['code'] } } },
};

const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? '', 'http://localhost');
  const type = searchParams.get('type') ?? 'application/json';
  response.writeHead(Number(searchParams.get('status') ?? 200), { 'content-type': type });
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

async function ask(path: string): Promise<void> {
  await (await fetch(`${url}${path}`)).text();
  // The answer is checked when the server has sent it, which may be after it arrived.
  await new Promise(setImmediate);
}

describe('An answer', () => {
  it.each(['/things/1', '/things/1/?a', '/none?status=404&body={"code":"not_found"}'])(
    'that the document knows passes: %s',
    async (path) => {
      await ask(path);
      expect(failOnStrangeAnswers).not.toThrow();
    },
  );

  it.each([
    ['with a member too many', '/things/1?body={"id":"a","b":1}', /additional properties/],
    ['of another type', '/things/1?body={"id":1}', /must be string/],
    ['with an unknown status', '/things/1?status=201', /no such status/],
    ['with an unknown content type', '/things/1?type=text/plain', /never text\/plain/],
    ['of no operation', '/things', /no such operation/],
    ['that is no problem', '/none?status=404&body={}', /must have required property 'code'/],
  ])('that the document does not know fails the test: %s', async (_what, path, message) => {
    await ask(path);
    expect(failOnStrangeAnswers).toThrow(message);
    expect(failOnStrangeAnswers).not.toThrow();
  });
});
