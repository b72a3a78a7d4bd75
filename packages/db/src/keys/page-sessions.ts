import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { Database } from '../client.js';
import { newId } from '../ids.js';
import { inTransaction } from '../transaction.js';
import type { ValidKey } from './find-key.js';
import { validSql } from './key-report.js';
import type { KeyScope } from './key-scope.js';

/** How long a browser stays signed in. */
export const SESSION_MS = 7 * 24 * 3_600_000;
/** How long a link may be used. */
export const LINK_MS = 10 * 60_000;

/** A session that has begun. Its token is shown once, and only its hash is kept. */
export interface NewPageSession {
  readonly token: string;
  readonly expiresAt: Date;
}

/** A session, as the page shows it to the person who is signed in. */
export interface PageSession {
  readonly merchant: string;
  readonly keyId: string;
  readonly keyName: string;
  readonly scope: KeyScope;
  readonly expiresAt: Date;
}

/** Begins a session of a key: whoever holds the token may do what the key may, as long as both are valid. */
export async function openPageSession(db: Database, keyId: string): Promise<NewPageSession> {
  await removeExpired(db);
  return insert(db.pool, keyId, { isLink: false, lastsMs: SESSION_MS });
}

/** Makes the token of a link by which a browser can sign in once, in the next ten minutes. */
export async function createSignInLink(db: Database, keyId: string): Promise<NewPageSession> {
  await removeExpired(db);
  return insert(db.pool, keyId, { isLink: true, lastsMs: LINK_MS });
}

/** Begins a session by a link, which is of no use afterwards; null if it is unknown, was used, or has expired. */
export function openSessionByLink(db: Database, token: string): Promise<NewPageSession | null> {
  return inTransaction(db.pool, async (client) => {
    const { rows } = await client.query<{ key_id: string }>(
      `DELETE FROM page_session s USING api_key k
       WHERE k.id = s.key_id AND s.hash = $1 AND s.is_link AND s.expires_at > now()
         AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
       RETURNING s.key_id`,
      [hashToken(token)],
    );
    const [row] = rows;
    return row === undefined ? null : insert(client, row.key_id, { isLink: false, lastsMs: SESSION_MS });
  });
}

/** The key of a session; null when the session or its key has ended, or when there is none. */
export async function findSessionKey(db: Database, token: string): Promise<ValidKey | null> {
  const { rows } = await db.pool.query<{
    id: string;
    merchant_id: string;
    scope: KeyScope;
    is_use_due: boolean;
  }>(
    `SELECT id, merchant_id, scope,
            (last_used_at IS NULL OR last_used_at < now() - interval '1 minute') AS is_use_due
     FROM api_key
     WHERE ${validSql}
       AND id = (SELECT key_id FROM page_session WHERE hash = $1 AND NOT is_link AND expires_at > now())`,
    [hashToken(token)],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const { id, merchant_id: merchantId, scope, is_use_due: isUseDue } = row;
  return { state: 'valid', id, merchantId, scope, isUseDue };
}

/** Who is signed in; null when the session or its key has ended, or when there is none. */
export async function readPageSession(db: Database, token: string): Promise<PageSession | null> {
  const { rows } = await db.pool.query<{
    merchant: string;
    key_id: string;
    key_name: string;
    scope: KeyScope;
    expires_at: Date;
  }>(
    `SELECT m.name AS merchant, k.id AS key_id, k.name AS key_name, k.scope, s.expires_at
     FROM page_session s JOIN api_key k ON k.id = s.key_id JOIN merchant m ON m.id = k.merchant_id
     WHERE s.hash = $1 AND NOT s.is_link AND s.expires_at > now()
       AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())`,
    [hashToken(token)],
  );
  const [row] = rows;
  if (row === undefined) return null;
  return {
    merchant: row.merchant,
    keyId: row.key_id,
    keyName: row.key_name,
    scope: row.scope,
    expiresAt: row.expires_at,
  };
}

/** Ends a session. One that is not there is no error. */
export async function closePageSession(db: Database, token: string): Promise<void> {
  await db.pool.query('DELETE FROM page_session WHERE hash = $1 AND NOT is_link', [hashToken(token)]);
}

async function insert(
  client: pg.Pool | pg.PoolClient,
  keyId: string,
  { isLink, lastsMs }: { readonly isLink: boolean; readonly lastsMs: number },
): Promise<NewPageSession> {
  const token = randomBytes(32).toString('base64url');
  const { rows } = await client.query<{ expires_at: Date }>(
    `INSERT INTO page_session (id, key_id, hash, is_link, expires_at)
     VALUES ($1, $2, $3, $4, now() + $5 * interval '1 millisecond') RETURNING expires_at`,
    [newId(), keyId, hashToken(token), isLink, lastsMs],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('Postgres has inserted a session and returned no row');
  return { token, expiresAt: row.expires_at };
}

/** Sessions are begun so seldom that each one may tidy up, and no job is needed for it. */
async function removeExpired({ pool }: Database): Promise<void> {
  await pool.query('DELETE FROM page_session WHERE expires_at <= now()');
}

/** A fast hash is enough: 32 random bytes cannot be guessed. */
function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
