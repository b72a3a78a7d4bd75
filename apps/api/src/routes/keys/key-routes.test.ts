import { createApiKey } from '@pledgeline/db';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { readProblem } from '../../test-support/answers.js';
import { openReadableLog } from '../../test-support/read-log.js';
import { startApi, type TestApi } from '../../test-support/start-api.js';

const nobody = '01890000-0000-7000-8000-000000000000';
const keySchema = z.looseObject({
  id: z.string(),
  prefix: z.string(),
  createdAt: z.string(),
  previousSecretUntil: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
});
const newKeySchema = keySchema.extend({ secret: z.string() });
const pageSchema = z.strictObject({
  keys: z.array(keySchema),
  next: z.string().nullable(),
  previous: z.string().nullable(),
});

const log = openReadableLog();
let api: TestApi;
beforeAll(async () => {
  api = await startApi(inject('testPostgres'), { logger: log.logger });
});
afterAll(() => api.close());

let admin: string;
beforeEach(async () => {
  ({ key: admin } = await createApiKey(api.database, `Merchant ${crypto.randomUUID()}`, 'first'));
});

const send = (method: string, path: string, body?: unknown, key = admin) =>
  api.send(`/v1/keys${path}`, { method, ...(body !== undefined && { body: JSON.stringify(body) }) }, key);
const create = async (body: object = {}) =>
  newKeySchema.parse(await (await send('POST', '', { name: 'shop', scope: 'write', ...body })).json());
const list = async (query = '', key = admin) =>
  pageSchema.parse(await (await send('GET', query, undefined, key)).json());
const statusOf = async (key: string) => (await api.send('/v1/platforms', {}, key)).status;
const ownId = async () => (await list()).keys.at(-1)?.id ?? '';
const age = (id: string, column: string) =>
  api.database.pool.query(`UPDATE api_key SET ${column} = now() - interval '1 second' WHERE id = $1`, [id]);

describe('A new key', () => {
  it('is answered with its secret, and listed without', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const response = await send('POST', '', { name: ' Shop ', scope: 'read', expiresAt });
    expect(response.status).toBe(201);
    const { secret, ...key } = newKeySchema.parse(await response.json());
    const revoke = `/v1/keys/${key.id}`;
    expect(key).toEqual({
      id: expect.any(String),
      name: 'Shop',
      scope: 'read',
      prefix: secret.slice(0, 8),
      expiresAt,
      revokedAt: null,
      lastUsedAt: null,
      previousSecretUntil: null,
      createdAt: expect.stringMatching(/Z$/),
      links: { revoke, rotate: `${revoke}/rotate` },
    });
    expect(secret).toMatch(/^pl_[\w-]{32}$/);
    expect((await list()).keys[0]).toEqual(key);
    expect(await statusOf(secret)).toBe(200);
  });

  it.each([
    [{ name: '' }, 'name', 'must not be blank'],
    [{ scope: 'owner' }, 'scope', 'must be one of read, write, admin'],
    [{ scope: undefined }, 'scope', 'must be one of read, write, admin'],
    [{ expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt', 'must lie in the future'],
    [
      { expiresAt: 'tomorrow' },
      'expiresAt',
      'must be a time such as 2027-11-23T12:00:00Z, or null for a key that does not expire',
    ],
    [{ admin: true }, 'admin', 'there is no such member; there are name, scope, expiresAt'],
  ])('cannot be made of %j', async (wrong, name, message) => {
    const response = await send('POST', '', { name: 'shop', scope: 'read', ...wrong });
    expect(await response.json()).toEqual({
      type: 'urn:pledgeline:problem:invalid_request',
      title: 'The request is not valid',
      status: 400,
      detail: expect.stringContaining(message),
      code: 'invalid_request',
      parameters: [{ name, message }],
      requestId: expect.any(String),
    });
  });
});

it('The list of keys comes a page at a time, newest first', async () => {
  const second = await create();
  const third = await create();
  const first = await list('?limit=2');
  expect(first).toMatchObject({ keys: [{ id: third.id }, { id: second.id }], previous: null });
  const last = await list(`?limit=2&cursor=${first.next}`);
  expect(last).toMatchObject({ keys: [{ name: 'first', scope: 'admin' }], next: null });
  expect(await list(`?limit=2&cursor=${last.previous}`)).toEqual(first);
});

describe('A key that has ended', () => {
  it('is refused with its time and what to do: when it has expired', async () => {
    const { id, secret } = await create({ expiresAt: new Date(Date.now() + 3_600_000).toISOString() });
    await age(id, 'expires_at');
    const refused = await api.send('/v1/platforms', {}, secret);
    expect(refused.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    expect(await refused.json()).toEqual({
      type: 'urn:pledgeline:problem:expired_key',
      title: 'The API key has expired',
      status: 401,
      detail: expect.stringMatching(
        /^The API key has expired at 2\S+Z\. Make a new one with POST \/v1\/keys and another key of the scope "admin", or ask for one\.$/,
      ),
      code: 'expired_key',
      requestId: expect.any(String),
    });
    expect(await readProblem(await send('POST', `/${id}/rotate`))).toEqual({
      type: 'urn:pledgeline:problem:key_ended',
      title: 'The key is not valid any more',
      status: 409,
      detail:
        'The key is revoked or has expired, so a new secret would be of no use. Make a new key with POST /v1/keys.',
      code: 'key_ended',
      requestId: expect.any(String),
    });
  });

  it('is refused with its time and what to do: when it was revoked', async () => {
    const { id, secret } = await create();
    for (const _ of [1, 2]) expect((await send('DELETE', `/${id}`)).status).toBe(204);
    expect(await readProblem(await api.send('/v1/platforms', {}, secret))).toEqual({
      type: 'urn:pledgeline:problem:unknown_key',
      title: 'The API key is not valid',
      status: 401,
      detail: expect.stringMatching(
        /^The API key was revoked at 2\S+Z\. Use another one, or ask for a new one\.$/,
      ),
      code: 'unknown_key',
      requestId: expect.any(String),
    });
    expect((await list()).keys[0]).toMatchObject({ id, revokedAt: expect.stringMatching(/Z$/) });
  });
});

describe('The rotation of a key', () => {
  it('gives a new secret, and the previous one is valid for another day', async () => {
    const { secret, id, ...key } = await create();
    const response = await send('POST', `/${id}/rotate`);
    expect(response.status).toBe(200);
    const rotated = newKeySchema.parse(await response.json());
    expect(rotated).toEqual({
      ...key,
      id,
      prefix: rotated.secret.slice(0, 8),
      secret: expect.not.stringContaining(secret),
      previousSecretUntil: expect.stringMatching(/Z$/),
    });
    const hours = (Date.parse(rotated.previousSecretUntil ?? '') - Date.now()) / 3_600_000;
    expect(Math.abs(hours - 24)).toBeLessThan(0.1);
    expect([await statusOf(secret), await statusOf(rotated.secret)]).toEqual([200, 200]);
    await age(id, 'previous_until');
    expect(await readProblem(await api.send('/v1/platforms', {}, secret))).toMatchObject({
      status: 401,
      code: 'expired_key',
      detail: expect.stringMatching(/^The API key was rotated, .* until 2\S+Z\. Use the new one\.$/),
    });
    expect(await statusOf(rotated.secret)).toBe(200);
  });

  it('ends the previous secret at once without an overlap', async () => {
    const { id, secret } = await create();
    const rotated = newKeySchema.parse(
      await (await send('POST', `/${id}/rotate`, { overlapHours: 0 })).json(),
    );
    expect(rotated.previousSecretUntil).toBeNull();
    expect([await statusOf(secret), await statusOf(rotated.secret)]).toEqual([401, 200]);
  });

  it.each([-1, 169, 1.5, '24'])('is refused with an overlap of %j hours', async (overlapHours) => {
    const response = await send('POST', `/${await ownId()}/rotate`, { overlapHours });
    expect(await response.json()).toMatchObject({
      status: 400,
      code: 'invalid_request',
      parameters: [{ name: 'overlapHours', message: 'must be a whole number of hours from 0 to 168' }],
    });
  });

  it('does not find a key that is not there', async () => {
    for (const id of [nobody, 'nothing']) {
      for (const response of [await send('POST', `/${id}/rotate`), await send('DELETE', `/${id}`)]) {
        expect(await readProblem(response)).toMatchObject({ status: 404, code: 'key_not_found' });
      }
    }
  });
});

describe('The key of a request', () => {
  it('cannot revoke itself, so that a merchant always has one; another key can', async () => {
    const id = await ownId();
    for (const path of [id, id.toUpperCase()]) {
      expect(await readProblem(await send('DELETE', `/${path}`))).toEqual({
        type: 'urn:pledgeline:problem:own_key',
        title: 'A key cannot do this to itself',
        status: 409,
        detail:
          'This is the key of the request, and no key can revoke itself, so that one is always left. Use another key of the scope "admin"; POST /v1/keys makes one.',
        code: 'own_key',
        requestId: expect.any(String),
      });
    }
    const { secret: other } = await create({ scope: 'admin' });
    expect((await send('DELETE', `/${id}`, undefined, other)).status).toBe(204);
    expect(await statusOf(admin)).toBe(401);
  });

  it('can rotate itself, but not without an overlap, in which a lost answer does no harm', async () => {
    const id = await ownId();
    expect(await readProblem(await send('POST', `/${id}/rotate`, { overlapHours: 0 }))).toMatchObject({
      status: 409,
      code: 'own_key',
    });
    const lost = newKeySchema.parse(await (await send('POST', `/${id}/rotate`)).json());
    const again = newKeySchema.parse(await (await send('POST', `/${id}/rotate`)).json());
    expect([await statusOf(admin), await statusOf(lost.secret), await statusOf(again.secret)]).toEqual([
      200, 401, 200,
    ]);
  });
});

it('The last admin key that does not expire cannot be revoked before there is another', async () => {
  const last = await ownId();
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
  const { secret: expiring } = await create({ scope: 'admin', expiresAt: inAnHour });
  const revoke = (id: string) => send('DELETE', `/${id}`, undefined, expiring);
  expect(await readProblem(await revoke(last))).toEqual({
    type: 'urn:pledgeline:problem:last_admin_key',
    title: 'The merchant needs this key',
    status: 409,
    detail:
      'This is the last key of the scope "admin" that does not expire. Without it nobody could make keys once the key of this request has expired. Make another one first: POST /v1/keys with the scope "admin" and without "expiresAt".',
    code: 'last_admin_key',
    requestId: expect.any(String),
  });
  await create({ scope: 'admin' });
  expect((await revoke(last)).status).toBe(204);
});

it('A merchant has 100 valid keys at most', async () => {
  await api.database.pool.query(
    `INSERT INTO api_key (id, merchant_id, name, prefix, hash)
     SELECT gen_random_uuid(), merchant_id, 'many', 'pl_many1', gen_random_uuid() FROM api_key, generate_series(2, 100)
     WHERE id = $1`,
    [await ownId()],
  );
  expect(await readProblem(await send('POST', '', { name: 'shop', scope: 'read' }))).toEqual({
    type: 'urn:pledgeline:problem:too_many_keys',
    title: 'There are too many keys',
    status: 409,
    detail:
      'A merchant has 100 valid keys at most. Revoke one that is not used any more: GET /v1/keys shows when each was used last.',
    code: 'too_many_keys',
    requestId: expect.any(String),
  });
});

describe('The last use of a key', () => {
  const lastUse = async (id: string) => (await list()).keys.find((key) => key.id === id)?.lastUsedAt ?? null;

  it('is written once for many requests', async () => {
    const { id, secret } = await create();
    expect(await lastUse(id)).toBeNull();
    await Promise.all(Array.from({ length: 20 }, () => statusOf(secret)));
    await expect.poll(() => lastUse(id)).not.toBeNull();
    const { rows } = await api.database.pool.query<{ versions: string }>(
      'SELECT xmin::text AS versions FROM api_key WHERE id = $1',
      [id],
    );
    await statusOf(secret);
    const later = await api.database.pool.query('SELECT xmin::text AS versions FROM api_key WHERE id = $1', [
      id,
    ]);
    expect(later.rows).toEqual(rows);
  });

  it('is also that of a request which is refused because of the scope', async () => {
    const { id, secret } = await create({ scope: 'read' });
    expect((await send('GET', '', undefined, secret)).status).toBe(403);
    await expect.poll(() => lastUse(id)).not.toBeNull();
  });

  it('never changes an answer: a write that fails is logged', async () => {
    const { id, secret } = await create();
    await api.database.pool.query(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'disk full'; END $$;
       CREATE TRIGGER refuse BEFORE UPDATE ON api_key FOR EACH ROW EXECUTE FUNCTION refuse()`,
    );
    try {
      expect(await statusOf(secret)).toBe(200);
      // That of the key that made this one is not recorded either.
      await expect
        .poll(() => log.text())
        .toContain(`"keyId":"${id}","msg":"The last use of a key was not recorded"`);
      expect(log.errors()).toEqual([]);
    } finally {
      await api.database.pool.query('DROP TRIGGER refuse ON api_key');
    }
  });
});
