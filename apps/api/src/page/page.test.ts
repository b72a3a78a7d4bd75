import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { createApiKey, createSignInLink, findKey } from '@pledgeline/db';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { kickstarterCsv, startApi, type TestApi } from '../test-support/start-api.js';

let folder: string;
let api: TestApi;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pledgeline-page-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), `<!doctype html><title>Page</title>${' '.repeat(2_000)}`);
  await writeFile(join(folder, 'assets', 'index-B1a2.js'), `/* ${'x'.repeat(2_000)} */`);
  await writeFile(join(folder, 'secret.env'), 'no file of a page');
  api = await startApi(inject('testPostgres'), { config: { PAGE_DIR: folder } });
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

/** What a browser sends for the page. */
const fromPage = () => ({ origin: api.url, 'pledgeline-page': '1', 'sec-fetch-site': 'same-origin' });
const toJson = { 'content-type': 'application/json' };

const signIn = (body: object, headers: Readonly<Record<string, string>> = fromPage()) =>
  fetch(`${api.url}/app/session`, {
    method: 'POST',
    headers: { ...headers, ...toJson },
    body: JSON.stringify(body),
  });

/** The cookie that an answer sets, as a browser sends it back. */
const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? '';

async function signedIn(key = api.key): Promise<string> {
  const response = await signIn({ key });
  expect(response.status).toBe(201);
  return cookieOf(response);
}

const send = (path: string, cookie: string, init: RequestInit = {}) =>
  fetch(`${api.url}${path}`, { ...init, headers: { cookie, ...fromPage(), ...Object(init.headers) } });

const problemOf = async (response: Response) => {
  const { status, code } = Object(await response.json());
  return { status, code };
};

async function makeKey(scope: 'read' | 'write' | 'admin'): Promise<{ id: string; secret: string }> {
  const response = await api.send('/v1/keys', {
    method: 'POST',
    body: JSON.stringify({ name: randomUUID(), scope }),
  });
  return Object(await response.json());
}

describe('A person who signs in with a key', () => {
  it('gets a cookie that no script can read and no other site can send, and never the key', async () => {
    const response = await signIn({ key: api.key });
    expect(response.status).toBe(201);
    expect(response.headers.get('set-cookie')).toMatch(
      /^pledgeline=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(response.headers.get('set-cookie')).not.toContain(api.key);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const session = {
      merchant: 'Ada',
      keyId: expect.any(String),
      keyName: 'test',
      scope: 'admin',
      expiresAt: expect.stringMatching(/Z$/),
    };
    expect(await response.json()).toEqual(session);
    expect(await (await send('/app/session', cookieOf(response))).json()).toEqual(session);
  });

  it('may do in /v1 what the key may, and sees only what the key sees', async () => {
    const cookie = await signedIn();
    const sent = await send('/v1/uploads?campaign=Page', cookie, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: kickstarterCsv,
    });
    expect(sent.status).toBe(202);
    const { id } = Object(await sent.json());
    expect((await send(`/v1/uploads/${id}`, cookie)).status).toBe(200);
    const ofBob = await signedIn(api.otherKey);
    expect(await problemOf(await send(`/v1/uploads/${id}`, ofBob))).toEqual({
      status: 404,
      code: 'upload_not_found',
    });
  });

  it('is held to the scope of the key', async () => {
    const cookie = await signedIn((await makeKey('read')).secret);
    expect((await send('/v1/uploads', cookie)).status).toBe(200);
    const refused = await send('/v1/campaigns', cookie, {
      method: 'POST',
      headers: toJson,
      body: JSON.stringify({ name: 'Lantern' }),
    });
    expect(await problemOf(refused)).toEqual({ status: 403, code: 'insufficient_scope' });
    expect(await problemOf(await send('/v1/keys', cookie))).toEqual({
      status: 403,
      code: 'insufficient_scope',
    });
  });

  it('is refused with a key that is none, and gets no cookie', async () => {
    for (const key of ['pl_nothing', 'x'.repeat(200), "' OR 1=1 --"]) {
      const response = await signIn({ key });
      expect(response.headers.get('set-cookie')).toBeNull();
      expect(await problemOf(response)).toEqual({ status: 401, code: 'unknown_key' });
    }
    for (const body of [{}, { key: '' }, { key: 1 }, { key: 'a', link: 'b' }, { name: 'a' }]) {
      expect(await problemOf(await signIn(body)), JSON.stringify(body)).toEqual({
        status: 400,
        code: 'invalid_request',
      });
    }
  });

  it('keeps the key apart from the page of an encrypted address by the name of the cookie', async () => {
    const encrypted = await startApi(inject('testPostgres'), {
      config: { PUBLIC_URL: 'https://pledgeline.example' },
    });
    try {
      const response = await fetch(`${encrypted.url}/app/session`, {
        method: 'POST',
        // The proxy before the API keeps the origin of the page, and may change the host.
        headers: { ...toJson, origin: 'https://pledgeline.example', 'pledgeline-page': '1' },
        body: JSON.stringify({ key: encrypted.key }),
      });
      expect(response.headers.get('set-cookie')).toMatch(
        /^__Host-pledgeline=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
      );
      const planted = cookieOf(response).replace('__Host-', '');
      const { status } = await fetch(`${encrypted.url}/v1/uploads`, { headers: { cookie: planted } });
      expect(status).toBe(401);
    } finally {
      await encrypted.close();
    }
  });
});

describe('A session', () => {
  it('is asked for: without a cookie, or with one of nobody, the answer is 401', async () => {
    expect(await problemOf(await fetch(`${api.url}/app/session`))).toEqual({
      status: 401,
      code: 'session_ended',
    });
    expect(await problemOf(await fetch(`${api.url}/v1/uploads`))).toEqual({
      status: 401,
      code: 'missing_key',
    });
    for (const path of ['/app/session', '/v1/uploads']) {
      const response = await send(path, `pledgeline=${'A'.repeat(43)}`);
      expect(await problemOf(response), path).toEqual({ status: 401, code: 'session_ended' });
    }
  });

  it.each<readonly [string, (own: Record<string, string>) => Record<string, string>]>([
    ['another origin', (own) => ({ ...own, origin: 'https://evil.example' })],
    ['an origin that only begins like ours', (own) => ({ ...own, origin: `${own['origin']}.evil.example` })],
    ['no origin', ({ origin: _, ...own }) => own],
    ['the origin of a sandbox', (own) => ({ ...own, origin: 'null' })],
    ['a form, which cannot send our header', ({ 'pledgeline-page': _, ...own }) => own],
  ])('changes nothing for %s', async (_what, change) => {
    const cookie = await signedIn();
    const headers = change(fromPage());
    const init = { method: 'POST', body: JSON.stringify({ name: 'Forged' }) };
    const forged = await fetch(`${api.url}/v1/campaigns`, {
      ...init,
      headers: { ...headers, ...toJson, cookie },
    });
    expect(await problemOf(forged)).toEqual({ status: 403, code: 'wrong_origin' });
    expect(await problemOf(await signIn({ key: api.key }, headers))).toEqual({
      status: 403,
      code: 'wrong_origin',
    });
    const out = await fetch(`${api.url}/app/session`, { method: 'DELETE', headers: { ...headers, cookie } });
    expect(await problemOf(out)).toEqual({ status: 403, code: 'wrong_origin' });
    expect(await (await send('/v1/campaigns', cookie)).text()).not.toContain('Forged');
  });

  it('ends for every copy of the cookie when the person signs out', async () => {
    const cookie = await signedIn();
    const out = await send('/app/session', cookie, { method: 'DELETE' });
    expect(out.status).toBe(204);
    expect(out.headers.get('set-cookie')).toMatch(
      /^pledgeline=; Max-Age=0; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(await problemOf(await send('/v1/uploads', cookie))).toEqual({
      status: 401,
      code: 'session_ended',
    });
  });

  it('ends when its key is revoked', async () => {
    const { id, secret } = await makeKey('write');
    const cookie = await signedIn(secret);
    expect((await send('/v1/uploads', cookie)).status).toBe(200);
    await api.send(`/v1/keys/${id}`, { method: 'DELETE' });
    for (const path of ['/v1/uploads', '/app/session']) {
      expect(await problemOf(await send(path, cookie)), path).toEqual({ status: 401, code: 'session_ended' });
    }
  });

  it('is not looked at where a key is sent as well', async () => {
    const cookie = await signedIn();
    const response = await fetch(`${api.url}/v1/uploads`, {
      headers: { cookie, authorization: 'Bearer pl_nothing' },
    });
    expect(await problemOf(response)).toEqual({ status: 401, code: 'unknown_key' });
  });

  it('shows a name that would be HTML as the text that it is', async () => {
    const merchant = `<img src=x onerror=alert(1)> ${randomUUID()}`;
    const { key } = await createApiKey(api.database, merchant, '"><script>alert(2)</script>');
    const response = await send('/app/session', await signedIn(key));
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.json()).toMatchObject({ merchant, keyName: '"><script>alert(2)</script>' });
  });
});

describe('A link to sign in', () => {
  const makeLink = async () => {
    const found = await findKey(api.database, api.key);
    if (found?.state !== 'valid') throw new Error('The key of the test is not valid');
    return createSignInLink(api.database, found.id);
  };

  it('works once', async () => {
    const { token } = await makeLink();
    const cookie = cookieOf(await signIn({ link: token }));
    expect((await send('/v1/uploads', cookie)).status).toBe(200);
    expect(await problemOf(await signIn({ link: token }))).toEqual({ status: 401, code: 'unknown_link' });
  });

  it('expires, and is no session', async () => {
    const { token } = await makeLink();
    expect((await send('/v1/uploads', `pledgeline=${token}`)).status).toBe(401);
    await api.database.pool.query('UPDATE page_session SET expires_at = now() WHERE is_link');
    expect(await problemOf(await signIn({ link: token }))).toEqual({ status: 401, code: 'unknown_link' });
  });
});

/** An answer as it is on the wire: `fetch` would decompress it. */
async function getRaw(path: string, accepted: string) {
  const sent = request(`${api.url}${path}`, { headers: { 'accept-encoding': accepted } }).end();
  const [answer] = z.tuple([z.instanceof(IncomingMessage)]).parse(await once(sent, 'response'));
  return { encoding: answer.headers['content-encoding'], bytes: await buffer(answer) };
}

describe('The page', () => {
  const strict = /^default-src 'none'; script-src 'self'; style-src 'self'; /;

  it('is there at every address of it, so that a link survives a reload, and is not kept', async () => {
    for (const path of ['/app', '/app/', '/app/uploads/01890000-0000-7000-8000-000000000000?tab=rejects']) {
      const response = await fetch(`${api.url}${path}`);
      expect(response.status, path).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('content-security-policy')).toMatch(strict);
      expect(response.headers.get('content-security-policy')).not.toContain('unsafe');
      expect(await response.text()).toContain('<title>Page</title>');
    }
  });

  it('has parts that are compressed and kept for ever, because their names change with them', async () => {
    const response = await fetch(`${api.url}/app/assets/index-B1a2.js`, {
      headers: { 'accept-encoding': 'gzip' },
    });
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await response.text()).toContain('xxx');
    const known = await fetch(`${api.url}/app/assets/index-B1a2.js`, {
      headers: { 'if-none-match': response.headers.get('etag') ?? '' },
    });
    expect(known.status).toBe(304);
    const plain = await getRaw('/app/assets/index-B1a2.js', 'gzip;q=0, identity');
    expect([plain.encoding, plain.bytes.length]).toEqual([undefined, 2_006]);
    const zipped = await getRaw('/app/assets/index-B1a2.js', 'gzip');
    expect(gunzipSync(zipped.bytes)).toEqual(plain.bytes);
  });

  it('gives no page in place of a part that is gone, and no file that is none of it', async () => {
    const gone = await fetch(`${api.url}/app/assets/index-old.js`);
    expect(await problemOf(gone)).toEqual({ status: 404, code: 'not_found' });
    for (const path of ['/app/secret.env', '/app/..%2f..%2fpackage.json', '/app/%2e%2e/package.json']) {
      const text = await (await fetch(`${api.url}${path}`)).text();
      expect(text, path).not.toMatch(/no file of a page|dependencies/);
    }
  });

  it('is not there where it was not built, and the API is', async () => {
    const bare = await startApi(inject('testPostgres'));
    try {
      expect((await fetch(`${bare.url}/app`)).status).toBe(404);
      expect((await fetch(`${bare.url}/healthz`)).status).toBe(200);
    } finally {
      await bare.close();
    }
  });
});
