import type { Database } from '../client.js';
import { type KeyRow, type KeyWithSecret, keyColumns, toKeyReport, validSql } from './key-report.js';
import { createKeySecret, hashSecret } from './key-secret.js';

/** How a key is rotated. */
export interface KeyRotation {
  /** How long the previous secret stays valid, in milliseconds. */
  readonly overlapMs: number;
  /** The secret of the request that asks; null when nobody asks with a key. */
  readonly askedWith: string | null;
}

/**
 * Gives a key a new secret; name, scope and expiry stay. The previous one stays valid for `overlapMs`, and one before that
 * no longer is. But a request that came with that one keeps it: when the answer to an earlier rotation was lost, its
 * secret is the only one that the client has.
 *
 * @returns null when the merchant has no such key, or `ended` when it is revoked or has expired
 */
export async function rotateKey(
  db: Database,
  merchantId: string,
  id: string,
  { overlapMs, askedWith }: KeyRotation,
): Promise<KeyWithSecret | 'ended' | null> {
  const { secret, prefix, hash } = createKeySecret();
  const { rows } = await db.pool.query<KeyRow>(
    `UPDATE api_key
     SET hash = $3, prefix = $4,
       previous_hash = CASE WHEN $5::float8 <= 0 THEN NULL WHEN previous_hash = $6 THEN previous_hash ELSE hash END,
       previous_until = CASE WHEN $5::float8 > 0 THEN now() + $5::float8 * interval '1 millisecond' END
     WHERE merchant_id = $1 AND id = $2 AND ${validSql}
     RETURNING ${keyColumns}`,
    [merchantId, id, hash, prefix, overlapMs, askedWith === null ? null : hashSecret(askedWith)],
  );
  if (rows[0] !== undefined) return { report: toKeyReport(rows[0]), secret };
  const { rowCount } = await db.pool.query('SELECT FROM api_key WHERE merchant_id = $1 AND id = $2', [
    merchantId,
    id,
  ]);
  return rowCount === 0 ? null : 'ended';
}
