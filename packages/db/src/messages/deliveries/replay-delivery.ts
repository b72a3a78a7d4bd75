import type { Database } from '../../client.js';
import { inTransaction } from '../../transaction.js';
import { type DueDelivery, dueColumns } from './due-deliveries.js';

/**
 * Makes a delivery due again, with the same `webhook-id` and the whole schedule of attempts. One that is waiting for its next
 * attempt becomes due now. Null when the merchant's endpoint has no such delivery, or an attempt at it is under way.
 */
export async function replayDelivery(
  db: Database,
  merchantId: string,
  endpointId: string,
  id: string,
): Promise<DueDelivery | null> {
  const [replayed] = await replay(db, 'id = $3', [merchantId, endpointId, id]);
  return replayed ?? null;
}

/** As {@link replayDelivery}, for all failed deliveries that were made at `since` or later. */
export function replayFailed(
  db: Database,
  merchantId: string,
  endpointId: string,
  since: Date,
): Promise<readonly DueDelivery[]> {
  return replay(db, `status = 'FAILED' AND created_at >= $3`, [merchantId, endpointId, since]);
}

function replay(
  db: Database,
  condition: string,
  [merchantId, endpointId, which]: readonly [string, string, unknown],
): Promise<readonly DueDelivery[]> {
  return inTransaction(db.pool, async (client) => {
    // As in every transaction that changes deliveries: the merchant's row first.
    await client.query('SELECT 1 FROM merchant WHERE id = $1 FOR NO KEY UPDATE', [merchantId]);
    const { rows } = await client.query<DueDelivery>(
      // Without its token, a lost attempt that comes back cannot end the new round.
      `UPDATE delivery SET status = 'PENDING', attempts_before = attempts, due_at = now(), finished_at = NULL,
         attempt_token = NULL, lease_until = NULL
       WHERE merchant_id = $1 AND endpoint_id = $2 AND ${condition} AND (lease_until IS NULL OR lease_until < now())
       RETURNING ${dueColumns}`,
      [merchantId, endpointId, which],
    );
    return rows;
  });
}
