import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Database } from '../client.js';
import { openTestDatabase } from '../test-support/open-test-database.js';
import { createApiKey, createKey, createKeyWithinLimit, listKeys, type NewKey } from './api-keys.js';
import { findKey, recordKeyUse } from './find-key.js';
import type { KeyReport, KeyWithSecret } from './key-report.js';
import { revokeKey } from './revoke-key.js';
import { rotateKey } from './rotate-key.js';

const DAY_MS = 86_400_000;

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase(inject('testPostgres'), 6));
});
afterAll(() => close());

let merchantId: string;
beforeEach(async () => {
  ({ merchantId } = await createApiKey(db, `Merchant ${randomUUID()}`, 'first'));
});

const make = (limits: Partial<Pick<KeyReport, 'scope' | 'expiresAt'>> = {}): Promise<KeyWithSecret> =>
  createKey(db, merchantId, { name: 'shop', scope: 'write', expiresAt: null, ...limits });
const rotate = async (id: string, overlapMs: number, askedWith: string | null = null) => {
  const rotated = await rotateKey(db, merchantId, id, { overlapMs, askedWith });
  if (rotated === null || rotated === 'ended') throw new Error('The key was not rotated');
  return rotated;
};
const stateOf = async (secret: string) => (await findKey(db, secret))?.state ?? null;
const age = (id: string, column: string, by: string) =>
  db.pool.query(`UPDATE api_key SET ${column} = now() - $2::interval WHERE id = $1`, [id, by]);

describe('A new key', () => {
  it('is found by its secret, and only hashes are kept of it', async () => {
    const expiresAt = new Date(Date.now() + DAY_MS);
    const { report, secret } = await make({ expiresAt });
    expect(report).toEqual({
      id: expect.any(String),
      name: 'shop',
      scope: 'write',
      prefix: secret.slice(0, 8),
      expiresAt,
      revokedAt: null,
      lastUsedAt: null,
      previousSecretUntil: null,
      createdAt: expect.any(Date),
    });
    expect(await findKey(db, secret)).toEqual({
      state: 'valid',
      id: report.id,
      merchantId,
      scope: 'write',
      isUseDue: true,
    });
    expect(await findKey(db, `${secret}x`)).toBeNull();
    await rotate(report.id, DAY_MS);
    const { rows } = await db.pool.query('SELECT to_jsonb(api_key)::text AS row FROM api_key');
    expect(JSON.stringify(rows)).not.toContain(secret.slice(8));
  });

  it('may do everything when it was made by the release before, which knows no scopes', async () => {
    const hash = randomUUID();
    await db.pool.query(
      `INSERT INTO api_key (id, merchant_id, name, prefix, hash) VALUES ($1, $2, 'old', 'pl_abcde', $3)`,
      [randomUUID(), merchantId, hash],
    );
    const { rows } = await db.pool.query('SELECT scope FROM api_key WHERE hash = $1', [hash]);
    expect(rows).toEqual([{ scope: 'admin' }]);
  });
});

describe('The number of keys', () => {
  it('is limited to 100 valid ones, also for calls at the same time; those that have ended do not count', async () => {
    const wanted: NewKey = { name: 'one more', scope: 'read', expiresAt: null };
    await db.pool.query(
      `INSERT INTO api_key (id, merchant_id, name, prefix, hash, revoked_at, expires_at)
       SELECT gen_random_uuid(), $1, 'many', 'pl_many1', gen_random_uuid(),
         CASE WHEN n > 105 THEN now() END, CASE WHEN n BETWEEN 98 AND 105 THEN now() END
       FROM generate_series(1, 110) n`,
      [merchantId],
    );
    const made = await Promise.all([1, 2, 3, 4].map(() => createKeyWithinLimit(db, merchantId, wanted)));
    expect(made.filter((key) => key === null)).toHaveLength(2);
    expect(await createKeyWithinLimit(db, merchantId, wanted)).toBeNull();
    // An operator helps whoever has lost all of them.
    expect((await createKey(db, merchantId, wanted)).report.name).toBe('one more');
  });
});

describe('A key that has expired', () => {
  it('is told apart from one that never was, and cannot be rotated', async () => {
    const { report, secret } = await make({ expiresAt: new Date(Date.now() - 1_000) });
    expect(await findKey(db, secret)).toEqual({ state: 'expired', since: report.expiresAt });
    expect(await rotateKey(db, merchantId, report.id, { overlapMs: 0, askedWith: null })).toBe('ended');
  });
});

describe('The last use of a key', () => {
  it('is recorded at most once a minute', async () => {
    const { report, secret } = await make();
    const lastUse = async () =>
      (await listKeys(db, merchantId, { limit: 10 })).keys.find(({ id }) => id === report.id)?.lastUsedAt;
    await recordKeyUse(db, report.id);
    const first = await lastUse();
    expect(first).toEqual(expect.any(Date));
    expect(await findKey(db, secret)).toMatchObject({ isUseDue: false });
    await recordKeyUse(db, report.id);
    expect(await lastUse()).toEqual(first);
    await age(report.id, 'last_used_at', '61 seconds');
    expect(await findKey(db, secret)).toMatchObject({ isUseDue: true });
    await recordKeyUse(db, report.id);
    expect((await lastUse())?.getTime()).toBeGreaterThanOrEqual(first?.getTime() ?? Number.NaN);
  });
});

describe('A rotation', () => {
  it('gives a new secret, and the previous one stays valid as long as is asked', async () => {
    const { report, secret } = await make();
    const rotated = await rotate(report.id, DAY_MS);
    expect(rotated.report).toEqual({
      ...report,
      prefix: rotated.secret.slice(0, 8),
      previousSecretUntil: expect.any(Date),
    });
    expect([await stateOf(secret), await stateOf(rotated.secret)]).toEqual(['valid', 'valid']);
    await age(report.id, 'previous_until', '1 second');
    expect([await stateOf(secret), await stateOf(rotated.secret)]).toEqual(['replaced', 'valid']);
  });

  it('without an overlap ends the previous secret at once, and the one before', async () => {
    const { report, secret } = await make();
    const second = await rotate(report.id, DAY_MS);
    const third = await rotate(report.id, 0);
    expect(third.report.previousSecretUntil).toBeNull();
    expect([await stateOf(secret), await stateOf(second.secret), await stateOf(third.secret)]).toEqual([
      null,
      null,
      'valid',
    ]);
  });

  it('keeps the secret that asks, when the answer to the rotation before was lost', async () => {
    const { report, secret } = await make();
    const lost = await rotate(report.id, DAY_MS, secret);
    const again = await rotate(report.id, DAY_MS, secret);
    expect([await stateOf(secret), await stateOf(lost.secret), await stateOf(again.secret)]).toEqual([
      'valid',
      null,
      'valid',
    ]);
  });

  it('does not find the key of another merchant', async () => {
    const { report, secret } = await make();
    const { merchantId: other } = await createApiKey(db, `Merchant ${randomUUID()}`, 'first');
    expect(await rotateKey(db, other, report.id, { overlapMs: 0, askedWith: null })).toBeNull();
    expect(await revokeKey(db, other, report.id, null)).toBe('unknown');
    expect(await stateOf(secret)).toBe('valid');
  });
});

describe('A revocation', () => {
  it('ends both secrets of a key for ever, and keeps its first time', async () => {
    const { report, secret } = await make();
    const rotated = await rotate(report.id, DAY_MS);
    expect(await revokeKey(db, merchantId, report.id, null)).toBe('revoked');
    const found = await findKey(db, secret);
    expect(found).toEqual({ state: 'revoked', since: expect.any(Date) });
    expect(await findKey(db, rotated.secret)).toEqual(found);
    expect(await revokeKey(db, merchantId, report.id, null)).toBe('revoked');
    expect(await findKey(db, secret)).toEqual(found);
    expect(await rotateKey(db, merchantId, report.id, { overlapMs: 0, askedWith: null })).toBe('ended');
    expect((await listKeys(db, merchantId, { limit: 1 })).keys).toMatchObject([
      { id: report.id, previousSecretUntil: null, revokedAt: expect.any(Date) },
    ]);
  });

  it('is refused to the key itself, so that one is always left', async () => {
    const { report, secret } = await make({ scope: 'admin' });
    expect(await revokeKey(db, merchantId, report.id, report.id)).toBe('own_key');
    expect(await stateOf(secret)).toBe('valid');
  });

  it('is refused for the last key that may make keys and does not expire, except to an operator', async () => {
    const [first] = (await listKeys(db, merchantId, { limit: 1 })).keys;
    const expiring = await make({ scope: 'admin', expiresAt: new Date(Date.now() + DAY_MS) });
    await make({ scope: 'write' });
    const revoke = (id: string, askedBy: string | null) => revokeKey(db, merchantId, id, askedBy);
    const id = first?.id ?? '';
    expect(await revoke(id, expiring.report.id)).toBe('last_lasting');
    const second = await make({ scope: 'admin' });
    expect(await revoke(id, expiring.report.id)).toBe('revoked');
    // Doing it again changes nothing, also now that the other one is the last.
    expect(await revoke(id, expiring.report.id)).toBe('revoked');
    expect(await revoke(second.report.id, expiring.report.id)).toBe('last_lasting');
    expect(await revoke(second.report.id, null)).toBe('revoked');
    expect(await stateOf(second.secret)).toBe('revoked');
  });

  it('leaves one of two keys that revoke each other at the same time', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [one, two] = [await make({ scope: 'admin' }), await make({ scope: 'admin' })];
      const outcomes = await Promise.all([
        revokeKey(db, merchantId, one.report.id, two.report.id),
        revokeKey(db, merchantId, two.report.id, one.report.id),
      ]);
      expect(new Set(outcomes)).toEqual(new Set(['asker_ended', 'revoked']));
      expect(new Set([await stateOf(one.secret), await stateOf(two.secret)])).toEqual(
        new Set(['revoked', 'valid']),
      );
    }
  });
});

describe('The list of keys', () => {
  it('is newest first, a page at a time, and of one merchant', async () => {
    const second = await make();
    const third = await make();
    const page = await listKeys(db, merchantId, { limit: 2 });
    const next = { side: 'after', key: second.report.id } as const;
    expect(page).toEqual({ keys: [third.report, second.report], next, previous: null });
    const last = await listKeys(db, merchantId, { limit: 2, start: next });
    expect(last).toMatchObject({ keys: [{ name: 'first', scope: 'admin' }], next: null });
    const back = await listKeys(db, merchantId, { limit: 2, start: last.previous ?? undefined });
    expect(back).toEqual(page);
  });
});
