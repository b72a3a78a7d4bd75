import type { Database } from '../client.js';
import type { KeyScope } from './key-scope.js';
import { hashSecret } from './key-secret.js';

/** A key that may be used. */
export interface ValidKey {
  readonly state: 'valid';
  readonly id: string;
  readonly merchantId: string;
  readonly scope: KeyScope;
  /** Whether its last use was recorded so long ago that this one should be. */
  readonly isUseDue: boolean;
}

/** A key that could be used until `since`. `replaced`: the secret is the one before a rotation. */
export interface EndedKey {
  readonly state: 'revoked' | 'expired' | 'replaced';
  readonly since: Date;
}

interface FoundRow {
  id: string;
  merchant_id: string;
  scope: KeyScope;
  is_use_due: boolean;
  revoked_at: Date | null;
  expired_at: Date | null;
  replaced_at: Date | null;
}

const dueSql = `(last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`;

/**
 * The key with this secret, or null when there is none. Every request asks, so it is plain SQL: an API that only receives
 * files need not load Prisma's query compiler.
 */
export async function findKey(db: Database, secret: string): Promise<ValidKey | EndedKey | null> {
  const { rows } = await db.pool.query<FoundRow>(
    `SELECT id, merchant_id, scope, ${dueSql} AS is_use_due, revoked_at,
            CASE WHEN expires_at <= now() THEN expires_at END AS expired_at,
            CASE WHEN hash <> $1 AND previous_until <= now() THEN previous_until END AS replaced_at
     FROM api_key WHERE hash = $1 OR previous_hash = $1`,
    [hashSecret(secret)],
  );
  const [row] = rows;
  if (row === undefined) return null;
  if (row.revoked_at !== null) return { state: 'revoked', since: row.revoked_at };
  if (row.expired_at !== null) return { state: 'expired', since: row.expired_at };
  if (row.replaced_at !== null) return { state: 'replaced', since: row.replaced_at };
  return {
    state: 'valid',
    id: row.id,
    merchantId: row.merchant_id,
    scope: row.scope,
    isUseDue: row.is_use_due,
  };
}

/** Records that a key was used now, unless that was recorded within the last minute. */
export async function recordKeyUse(db: Database, id: string): Promise<void> {
  await db.pool.query(`UPDATE api_key SET last_used_at = now() WHERE id = $1 AND ${dueSql}`, [id]);
}
