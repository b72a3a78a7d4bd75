import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Database } from '../client.js';
import { openTestDatabase } from '../test-support/open-test-database.js';
import { createApiKey, createKey } from './api-keys.js';
import {
  closePageSession,
  createSignInLink,
  findSessionKey,
  LINK_MS,
  openPageSession,
  openSessionByLink,
  readPageSession,
  SESSION_MS,
} from './page-sessions.js';
import { revokeKey } from './revoke-key.js';

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase(inject('testPostgres'), 4));
});
afterAll(() => close());

let merchantId: string;
let merchant: string;
let keyId: string;
beforeEach(async () => {
  merchant = `Merchant ${randomUUID()}`;
  ({ merchantId } = await createApiKey(db, merchant, 'first'));
  const { report } = await createKey(db, merchantId, { name: 'page', scope: 'write', expiresAt: null });
  keyId = report.id;
});

const endAll = () =>
  db.pool.query(`UPDATE page_session SET expires_at = now() - interval '1 second' WHERE key_id = $1`, [
    keyId,
  ]);
const count = async () =>
  (await db.pool.query('SELECT FROM page_session WHERE key_id = $1', [keyId])).rowCount;
const within = (ms: number, instant: Date) => Math.abs(instant.getTime() - Date.now() - ms) < 60_000;

describe('A session', () => {
  it('stands for its key, with its scope, for a week', async () => {
    const { token, expiresAt } = await openPageSession(db, keyId);
    expect(within(SESSION_MS, expiresAt)).toBe(true);
    expect(await findSessionKey(db, token)).toEqual({
      state: 'valid',
      id: keyId,
      merchantId,
      scope: 'write',
      isUseDue: true,
    });
    expect(await readPageSession(db, token)).toEqual({
      merchant,
      keyId,
      keyName: 'page',
      scope: 'write',
      expiresAt,
    });
  });

  it('is kept as a hash: nobody who reads the table can take it over', async () => {
    const { token } = await openPageSession(db, keyId);
    const { rows } = await db.pool.query('SELECT * FROM page_session WHERE key_id = $1', [keyId]);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('ends when it is closed, when it expires, and when its key ends', async () => {
    const closed = await openPageSession(db, keyId);
    const other = await openPageSession(db, keyId);
    await closePageSession(db, closed.token);
    expect(await findSessionKey(db, closed.token)).toBeNull();
    expect(await findSessionKey(db, other.token)).not.toBeNull();
    await endAll();
    expect([await findSessionKey(db, other.token), await readPageSession(db, other.token)]).toEqual([
      null,
      null,
    ]);
    const last = await openPageSession(db, keyId);
    expect(await revokeKey(db, merchantId, keyId, null)).toBe('revoked');
    expect([await findSessionKey(db, last.token), await readPageSession(db, last.token)]).toEqual([
      null,
      null,
    ]);
  });

  it('that has expired is removed when the next one begins', async () => {
    await openPageSession(db, keyId);
    await endAll();
    await openPageSession(db, keyId);
    expect(await count()).toBe(1);
  });
});

describe('A link', () => {
  it('opens one session, also when two browsers follow it at the same moment', async () => {
    const { token, expiresAt } = await createSignInLink(db, keyId);
    expect(within(LINK_MS, expiresAt)).toBe(true);
    const sessions = await Promise.all([openSessionByLink(db, token), openSessionByLink(db, token)]);
    const opened = sessions.filter((session) => session !== null);
    expect(opened).toHaveLength(1);
    for (const session of opened)
      expect(await findSessionKey(db, session.token)).toMatchObject({ id: keyId });
    expect(await openSessionByLink(db, token)).toBeNull();
  });

  it('is no session, and a session is no link', async () => {
    const link = await createSignInLink(db, keyId);
    const session = await openPageSession(db, keyId);
    expect(await findSessionKey(db, link.token)).toBeNull();
    expect(await readPageSession(db, link.token)).toBeNull();
    expect(await openSessionByLink(db, session.token)).toBeNull();
    await closePageSession(db, link.token);
    expect(await openSessionByLink(db, link.token)).not.toBeNull();
  });

  it('is of no use once it has expired, or its key was revoked', async () => {
    const late = await createSignInLink(db, keyId);
    await endAll();
    expect(await openSessionByLink(db, late.token)).toBeNull();
    const orphan = await createSignInLink(db, keyId);
    await revokeKey(db, merchantId, keyId, null);
    expect(await openSessionByLink(db, orphan.token)).toBeNull();
  });
});
