import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readId } from '../test-support/answers.js';
import { beginRequest } from '../test-support/raw-request.js';
import { kickstarterCsv, startApi, type TestApi } from '../test-support/start-api.js';

const page = 'https://app.example.com';

let api: TestApi;
let upload: string;
beforeAll(async () => {
  api = await startApi(inject('testPostgres'), { config: { CORS_ORIGINS: [page] } });
  upload = `/v1/uploads/${await readId(await api.upload(kickstarterCsv))}`;
});
afterAll(() => api.close());

describe('A method that an address does not have', () => {
  it.each([
    ['DELETE', '/v1/uploads', 'GET, HEAD, POST, OPTIONS'],
    ['PUT', '/v1/uploads/', 'GET, HEAD, POST, OPTIONS'],
    ['POST', '/v1/uploads/x', 'DELETE, GET, HEAD, PATCH, OPTIONS'],
    ['GET', '/v1/uploads/x/retry', 'POST, OPTIONS'],
    ['PATCH', '/v1/uploads/x/mapping', 'GET, HEAD, PUT, OPTIONS'],
    ['POST', '/v1/events', 'GET, OPTIONS'],
    ['POST', '/healthz', 'GET, HEAD, OPTIONS'],
  ])('is answered with 405 and what there is: %s %s', async (method, path, allow) => {
    const response = await api.send(path, { method });
    expect(response.headers.get('allow')).toBe(allow);
    expect(await response.json()).toEqual({
      type: 'urn:pledgeline:problem:method_not_allowed',
      title: 'This address has no such method',
      status: 405,
      detail: `${method} is not for this address. It takes ${allow}.`,
      code: 'method_not_allowed',
      requestId: expect.any(String),
    });
  });

  it('is named by OPTIONS, without a key', async () => {
    const response = await fetch(`${api.url}/v1/webhooks/x`, { method: 'OPTIONS' });
    expect(response.status).toBe(204);
    expect(response.headers.get('allow')).toBe('DELETE, GET, HEAD, PATCH, OPTIONS');
  });

  it('is named by OPTIONS, whatever its body says that it is', async () => {
    const { answered, socket } = await beginRequest(api.port, 'OPTIONS /v1/webhooks/x', [
      'Content-Type: x',
      'Content-Length: 2',
      'Connection: close',
    ]);
    socket.write('{}');
    expect(await answered()).toMatch(/^HTTP\/1\.1 204 /);
  });

  it('is no reason to answer 405 where there is no address', async () => {
    expect((await api.send('/v1/nothing', { method: 'DELETE' })).status).toBe(404);
  });
});

describe('A request of HTTP/1.1', () => {
  const talk = async (text: string) => {
    const socket = connect(api.port, '127.0.0.1');
    socket.end(text);
    return (await socket.setEncoding('utf8').toArray()).join('');
  };

  it('without a host is refused with a problem; one of HTTP/1.0 needs none', async () => {
    const answer = await talk('GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toEqual({
      type: 'urn:pledgeline:problem:invalid_request',
      title: 'The request is not valid',
      status: 400,
      detail: 'The request has no Host header. HTTP/1.1 needs one.',
      code: 'invalid_request',
      requestId: expect.any(String),
    });
    expect(await talk('GET /healthz HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('that expects what nobody knows is answered as if it did not', async () => {
    const head = 'GET /healthz HTTP/1.1\r\nHost: test\r\nExpect: wonders\r\nConnection: close\r\n\r\n';
    expect(await talk(head)).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe('The entity tag of an upload', () => {
  it('saves a client that has its state the answer, until it changes', async () => {
    const first = await api.send(upload);
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^"[\w-]{43}"$/);
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const again = await api.send(upload, { headers: { 'if-none-match': known } });
      expect(again.status).toBe(304);
      expect(again.headers.get('etag')).toBe(tag);
      expect(await again.text()).toBe('');
    }
    await api.send(`${upload}/cancel`, { method: 'POST' });
    const changed = await api.send(upload, { headers: { 'if-none-match': tag } });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(tag);
  });

  it('is the same for HEAD, and lists have none', async () => {
    const tag = (await api.send(upload)).headers.get('etag');
    expect((await api.send(upload, { method: 'HEAD' })).headers.get('etag')).toBe(tag);
    expect((await api.send('/v1/uploads')).headers.get('etag')).toBeNull();
  });
});

describe('A page of another origin', () => {
  const preflight = (origin: string) =>
    fetch(`${api.url}${upload}`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
    });

  it('may use the API if it is configured', async () => {
    const asked = await preflight(page);
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe(page);
    expect(asked.headers.get('access-control-allow-headers')).toBe('authorization');
    expect(asked.headers.get('access-control-allow-methods')).toBe('GET, HEAD, POST, PUT, PATCH, DELETE');
    for (const path of [upload, '/v1/nothing', '/v1/uploads?limit=x']) {
      const answer = await api.send(path, { headers: { origin: page } });
      expect(answer.headers.get('access-control-allow-origin')).toBe(page);
      expect(answer.headers.get('access-control-expose-headers')).toContain('X-Request-Id');
    }
    const leaving = new AbortController();
    const stream = await api.send('/v1/events', { headers: { origin: page }, signal: leaving.signal });
    expect(stream.headers.get('access-control-allow-origin')).toBe(page);
    leaving.abort();
  });

  it('may not use it otherwise', async () => {
    const other = 'https://evil.example.com';
    expect((await preflight(other)).headers.get('access-control-allow-origin')).toBeNull();
    const answer = await api.send(upload, { headers: { origin: other } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('Every answer', () => {
  it.each(['/healthz', '/v1/uploads', '/v1/nothing', '/v1/uploads/%zz', '/v1/uploads?limit=x'])(
    'has the id of the request and headers that protect people: %s',
    async (path) => {
      const { headers } = await api.send(path);
      expect(headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
    },
  );

  it('is problem details also where the headers are too large', async () => {
    const socket = connect(api.port, '127.0.0.1');
    socket.write(`GET /healthz HTTP/1.1\r\nHost: test\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`);
    const pieces: string[] = [];
    for await (const piece of socket.setEncoding('utf8')) pieces.push(String(piece));
    const [head = '', body = ''] = pieces.join('').split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large\r\n/);
    expect(head).toMatch(/\r\nx-request-id: [\da-f-]{36}\r\n/);
    expect(JSON.parse(body)).toEqual({
      type: 'urn:pledgeline:problem:headers_too_large',
      title: 'The headers are too large',
      status: 431,
      detail: 'The headers of the request are longer than 16384 bytes. Send fewer or shorter ones.',
      code: 'headers_too_large',
      requestId: expect.any(String),
    });
  });
});

describe('A body of JSON', () => {
  const post = (body: string, type: string) =>
    api.send('/v1/webhooks', { method: 'POST', body, headers: { 'content-type': type } });

  it.each(['text/plain', 'text/csv; charset=utf-8', 'application/x-www-form-urlencoded'])(
    'is refused as %s, and told what is accepted',
    async (type) => {
      const response = await post('{}', type);
      expect(response.status).toBe(415);
      expect(response.headers.get('accept')).toBe('application/json');
      expect(await response.json()).toMatchObject({
        code: 'unsupported_media_type',
        detail: expect.stringContaining('application/json'),
      });
    },
  );

  it.each(['application/json', 'Application/JSON; charset=utf-8', 'application/merge-patch+json'])(
    'is read as %s',
    async (type) => {
      expect((await post('{ "url": 7 }', type)).status).toBe(400);
    },
  );

  it('is refused with 413 when it is too long', async () => {
    const response = await post(JSON.stringify({ url: 'x'.repeat(1024 * 1024) }), 'application/json');
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: 'body_too_large', requestId: expect.any(String) });
  });
});

it('The request id of a problem is that of the header', async () => {
  for (const path of ['/v1/nothing', '/v1/uploads/none', '/v1/uploads?limit=0', '/%ff']) {
    const response = await api.send(path);
    expect(await response.json()).toMatchObject({ requestId: response.headers.get('x-request-id') });
  }
});
