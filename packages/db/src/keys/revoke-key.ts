import type pg from 'pg';
import type { Database } from '../client.js';
import { inTransaction } from '../transaction.js';
import { validSql } from './key-report.js';

/**
 * How a revocation went. `asker_ended`: the key that asked was itself revoked in the meantime, or has expired. `last_lasting`: it
 * is the last key of the scope `admin` that does not expire.
 */
export type Revocation = 'revoked' | 'unknown' | 'own_key' | 'asker_ended' | 'last_lasting';

/**
 * Revokes a key for ever, both of its secrets. Doing it again changes nothing.
 *
 * No key revokes itself, so the one that asks is always left; and none revokes the last one that may make keys and does not
 * expire, or the merchant would be locked out on the day when the one that asked does. Requests of one merchant come one
 * after the other: otherwise two keys could revoke each other at the same time.
 *
 * @param askedBy the id of the key that asks; null for an operator, who can make a new key
 */
export function revokeKey(
  db: Database,
  merchantId: string,
  id: string,
  askedBy: string | null,
): Promise<Revocation> {
  return inTransaction(db.pool, async (client) => {
    await client.query('SELECT 1 FROM merchant WHERE id = $1 FOR NO KEY UPDATE', [merchantId]);
    if (askedBy !== null) {
      const { rowCount } = await client.query(
        `SELECT FROM api_key WHERE merchant_id = $1 AND id = $2 AND ${validSql}`,
        [merchantId, askedBy],
      );
      if (rowCount === 0) return 'asker_ended';
      if (askedBy === id) return 'own_key';
      if (await isLastLasting(client, merchantId, id)) return 'last_lasting';
    }
    const { rowCount } = await client.query(
      `UPDATE api_key SET revoked_at = coalesce(revoked_at, now()) WHERE merchant_id = $1 AND id = $2`,
      [merchantId, id],
    );
    return rowCount === 1 ? 'revoked' : 'unknown';
  });
}

async function isLastLasting(client: pg.PoolClient, merchantId: string, id: string): Promise<boolean> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM api_key
     WHERE merchant_id = $1 AND scope = 'admin' AND revoked_at IS NULL AND expires_at IS NULL LIMIT 2`,
    [merchantId],
  );
  return rows.length === 1 && rows[0]?.id === id;
}
