import type { Database } from '../client.js';
import { inTransaction } from '../transaction.js';

/** How a revocation went. `asker_ended`: the key that asked was itself revoked in the meantime, or has expired. */
export type Revocation = 'revoked' | 'unknown' | 'own_key' | 'asker_ended';

/**
 * Revokes a key for ever, both of its secrets. Doing it again changes nothing.
 *
 * No key revokes itself, so the one that asks is always left, and a merchant cannot be locked out. Requests of one merchant
 * come one after the other: otherwise two keys could revoke each other at the same time.
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
        `SELECT FROM api_key
         WHERE merchant_id = $1 AND id = $2 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`,
        [merchantId, askedBy],
      );
      if (rowCount === 0) return 'asker_ended';
      if (askedBy === id) return 'own_key';
    }
    const { rowCount } = await client.query(
      `UPDATE api_key SET revoked_at = coalesce(revoked_at, now()) WHERE merchant_id = $1 AND id = $2`,
      [merchantId, id],
    );
    return rowCount === 1 ? 'revoked' : 'unknown';
  });
}
