import { describe, expect, it } from 'vitest';
import { createClient } from '../index.js';
import { json } from '../test-support/answers.js';

/** A `fetch` that says which requests were sent. */
function recordRequests() {
  const requests: { method: string; path: string; headers: Headers; credentials: unknown }[] = [];
  const fetch: typeof globalThis.fetch = async (input, { method = 'GET', headers, credentials } = {}) => {
    requests.push({ method, path: String(input), headers: new Headers(headers), credentials });
    if (String(input).endsWith('/events')) return new Response(null, { status: 204 });
    return json({ id: 'u', status: 'COMPLETED', uploads: [], next: null });
  };
  return { fetch, requests };
}

describe('A page with a session', () => {
  it('sends its cookies and its token with every request, and no key', async () => {
    const { fetch, requests } = recordRequests();
    let token = 0;
    const headers = () => ({ 'x-csrf-token': `t${++token}` });
    const client = createClient({ url: '', session: true, headers, fetch });
    const file = new Blob(['Order ID\n1\n']);
    await client.get('/v1/uploads');
    await client.post('/v1/uploads/{id}/cancel', { path: { id: 'u' } });
    await client.uploadFile(file, { campaign: 'Lamp' });
    await client.inspectFile(file);
    await client.waitForUpload('u');
    for await (const _ of client.events('/v1/uploads/{id}/events', { path: { id: 'u' } })) break;
    expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v1/uploads',
      'POST /v1/uploads/u/cancel',
      'POST /v1/uploads?campaign=Lamp',
      'POST /v1/inspect',
      'GET /v1/uploads/u',
      'GET /v1/uploads/u/events',
    ]);
    expect(requests.map(({ credentials }) => credentials)).toEqual(requests.map(() => 'same-origin'));
    expect(requests.map((each) => each.headers.get('x-csrf-token'))).toEqual([
      't1',
      't2',
      't3',
      't4',
      't5',
      't6',
    ]);
    expect(requests.filter((each) => each.headers.has('authorization'))).toEqual([]);
  });

  it('is not what becomes of a program that has forgotten its key', async () => {
    const untyped: (options: unknown) => unknown = (options) => Reflect.apply(createClient, null, [options]);
    expect(() => untyped({ url: '', key: undefined })).toThrow(TypeError);
    expect(() => untyped({ url: '' })).toThrow('session: true');
    expect(() => untyped({ url: '', key: 'pl_key', session: true })).toThrow(TypeError);
  });

  it('is no matter of a client with a key, whose headers cannot replace it', async () => {
    const { fetch, requests } = recordRequests();
    const headers = { authorization: 'Bearer other', 'x-trace': '1' };
    await createClient({ url: 'https://api.example', key: 'pl_key', headers, fetch }).get('/v1/uploads');
    expect(requests[0]?.credentials).toBeUndefined();
    expect(Object.fromEntries(requests[0]?.headers ?? [])).toEqual({
      authorization: 'Bearer pl_key',
      'x-trace': '1',
    });
  });
});
