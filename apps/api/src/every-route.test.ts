import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readDocument } from './contract/document.js';
import { listRoutes, type Route } from './test-support/list-routes.js';
import { beginRequest } from './test-support/raw-request.js';
import { openReadableLog } from './test-support/read-log.js';
import { kickstarterCsv, startApi, type TestApi } from './test-support/start-api.js';

const log = openReadableLog();
let api: TestApi;
let routes: readonly Route[];
beforeAll(async () => {
  api = await startApi(inject('testPostgres'), { logger: log.logger });
  routes = await listRoutes(api);
});
afterAll(() => api.close());

const SOME_ID = '01890000-0000-7000-8000-000000000000';
const address = ({ path }: Route, query: string) => `${path.replaceAll(/:\w+/g, SOME_ID)}${query}`;
const headersOf = ({ headers }: Response) => ({
  cache: headers.get('cache-control'),
  sniff: headers.get('x-content-type-options'),
});
const safe = { cache: 'no-store', sniff: 'nosniff' };
/** A proxy must not change a stream on its way either. */
const caches = new Map([['/v1/events', 'no-store, no-transform']]);

describe('Every route of the app', () => {
  it('is found by the walk of these tests', () => {
    expect(routes.length).toBeGreaterThan(60);
    expect(routes).toContainEqual({ method: 'GET', path: '/healthz' });
    expect(routes).toContainEqual({ method: 'DELETE', path: '/v1/webhooks/:id' });
    expect(routes).toContainEqual({ method: 'POST', path: '/v1/webhooks/:id/deliveries/:delivery/replay' });
    expect(new Set(routes.map(({ method }) => method))).toEqual(
      new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']),
    );
  });

  it('is declared in the document, and its address answers all other methods with 405', async () => {
    const { paths = {} } = readDocument(api.app);
    for (const { method, path } of routes) {
      const operations = paths[path.replaceAll(/:(\w+)/g, '{$1}')] ?? {};
      const declared = method === 'HEAD' ? 'get' : method.toLowerCase();
      expect(Object.keys(operations), `${method} ${path}`).toContain(declared);
    }
    // OPTIONS has named the routes already, and fetch() cannot send TRACE.
    const methods = api.app.supportedMethods.filter((method) => !['OPTIONS', 'TRACE'].includes(method));
    for (const path of new Set(routes.map((route) => route.path))) {
      const own = routes.filter((route) => route.path === path).map(({ method }) => method);
      for (const method of methods.filter((other) => !own.includes(other))) {
        const { status } = await fetch(`${api.url}${address({ method, path }, '')}`, { method });
        expect(status, `${method} ${path}`).toBe(405);
      }
    }
  });

  it('refuses a query parameter that it does not know, and names it', async () => {
    for (const route of routes) {
      const { method, path } = route;
      const response = await api.send(address(route, '?colour=red'), { method });
      expect(response.status, `${method} ${path}`).toBe(400);
      if (method === 'HEAD') continue;
      expect(await response.json(), `${method} ${path}`).toEqual({
        type: 'urn:pledgeline:problem:invalid_request',
        title: 'The request is not valid',
        status: 400,
        detail: expect.stringContaining('"colour"'),
        code: 'invalid_request',
        parameters: [{ name: 'colour', message: expect.any(String) }],
        requestId: expect.any(String),
      });
    }
  });

  it('answers with headers that keep the answer out of caches and let no browser guess what it is', async () => {
    for (const route of routes) {
      const leaving = new AbortController();
      const { method, path } = route;
      const response = await api.send(address(route, ''), { method, signal: leaving.signal });
      const expected = { ...safe, cache: caches.get(path) ?? safe.cache };
      expect(headersOf(response), `${method} ${path}`).toEqual(expected);
      leaving.abort();
    }
  });
});

describe('Every other answer', () => {
  it.each([
    ['of an accepted file', 202, () => api.upload(kickstarterCsv)],
    ['without a key', 401, () => fetch(`${api.url}/v1/uploads`)],
    ['to an address that does not exist', 404, () => api.send('/v1/nothing')],
    ['to an address that cannot be read', 404, () => api.send('/v1/uploads/%zz')],
    ['to a bad request', 400, () => api.send('/v1/uploads?limit=0')],
  ])('has these headers as well: that %s', async (_what, status, send) => {
    const response = await send();
    expect({ status: response.status, ...headersOf(response) }).toEqual({ status, ...safe });
  });

  it('has these headers as well: that to bytes that are no request', async () => {
    const { socket, answered } = await beginRequest(api.port, 'HELO pledgeline', []);
    const answer = await answered();
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('\r\ncache-control: no-store\r\n');
    expect(answer).toContain('\r\nx-content-type-options: nosniff\r\n');
    socket.destroy();
  });
});

it('A HEAD request whose address is too long is answered without a body, which would be read as the next answer', async () => {
  const { socket, answered } = await beginRequest(api.port, `HEAD /${'x'.repeat(20_000)}`, []);
  const answer = await answered();
  expect(answer).toMatch(/^HTTP\/1\.1 431 /);
  expect(answer.slice(answer.indexOf('\r\n\r\n'))).toBe('\r\n\r\n');
  socket.destroy();
});

it('A request with two Authorization headers is refused, even when both hold the same key', async () => {
  for (const second of [api.key, api.otherKey]) {
    const { socket, answered } = await beginRequest(api.port, 'GET /v1/uploads', [
      `Authorization: Bearer ${api.key}`,
      `authorization: Bearer ${second}`,
    ]);
    const answer = await answered();
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toEqual({
      type: 'urn:pledgeline:problem:invalid_request',
      title: 'The request is not valid',
      status: 400,
      detail: 'The request has several Authorization headers. Send one.',
      code: 'invalid_request',
      requestId: expect.any(String),
    });
    socket.destroy();
  }
});

it('The query of an address stands in no line of the log, whatever the answer is', async () => {
  const query = '?campaign=Grandmother&filename=Grandmother.csv';
  const statuses: number[] = [];
  for (const path of ['/healthz', '/v1/uploads', '/v1/nothing', '/v1/uploads/%zz', '/v1/pledges']) {
    statuses.push((await api.send(`${path}${query}`)).status);
  }
  statuses.push((await fetch(`${api.url}/v1/uploads${query}`)).status);
  statuses.push((await api.upload('', query.slice(1))).status);
  statuses.push((await api.upload(kickstarterCsv, query.slice(1))).status);
  await api.database.pool.query('ALTER TABLE pledge RENAME TO hidden');
  try {
    statuses.push((await api.send('/v1/pledges?campaign=Grandmother')).status);
  } finally {
    await api.database.pool.query('ALTER TABLE hidden RENAME TO pledge');
  }
  expect(statuses).toEqual([400, 400, 404, 404, 400, 401, 422, 202, 500]);
  expect(log.text()).toContain('"url":"/v1/pledges"');
  expect(log.text()).not.toContain('Grandmother');
  expect(log.text()).not.toContain(api.key);
});

describe('A client that hangs up', () => {
  it('is not logged as an error, and never as one of the database', async () => {
    const before = log.errors().length;
    for (const [request, type, begin] of [
      ['POST /v1/uploads?campaign=Left', 'text/csv', kickstarterCsv],
      ['POST /v1/inspect', 'text/csv', kickstarterCsv],
      ['PUT /v1/notification-settings', 'application/json', '{"email":'],
      [
        'POST /v1/uploads?campaign=Left',
        'multipart/form-data; boundary=x',
        `--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n${kickstarterCsv}`,
      ],
    ] as const) {
      const { socket } = await beginRequest(api.port, request, [
        `Authorization: Bearer ${api.key}`,
        `Content-Type: ${type}`,
        'Content-Length: 100000',
      ]);
      const closed = new Promise<void>((resolve) => {
        api.app.server.once('request', (_request, response) => response.once('close', resolve));
      });
      socket.write(begin);
      setTimeout(() => socket.destroy(), 150);
      await closed;
    }
    await expect
      .poll(() => api.database.prisma.csvUpload.count({ where: { failureCode: 'upload_interrupted' } }))
      .toBe(2);
    expect(log.errors().slice(before)).toEqual([]);
    expect(log.text()).not.toContain('database_unavailable');
  });
});
