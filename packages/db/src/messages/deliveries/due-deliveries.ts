import type { Database } from '../../client.js';

/** A delivery that waits for its next attempt. */
export interface DueDelivery {
  readonly deliveryId: string;
  /** Names the attempt to come: when it is due, in milliseconds since 1970. */
  readonly turn: number;
}

/** The columns of a {@link DueDelivery}. */
export const dueColumns = `id AS "deliveryId", (extract(epoch FROM due_at) * 1000)::bigint AS turn`;

export interface DueOptions {
  /** Due for so long that whoever should have brought it has forgotten. */
  readonly overdueMs: number;
  readonly limit: number;
  /** At most so many of each receiver, so that one with thousands does not stand before all others. */
  readonly perReceiver: number;
}

/** Deliveries whose attempt is due, or whose process was lost: the oldest of each receiver first, then the next of each. */
export async function findDueDeliveries(
  db: Database,
  { overdueMs, limit, perReceiver }: DueOptions,
): Promise<readonly DueDelivery[]> {
  const { rows } = await db.pool.query<DueDelivery>(
    `SELECT ${dueColumns} FROM (
       SELECT id, due_at,
              row_number() OVER (PARTITION BY coalesce(endpoint_id, merchant_id) ORDER BY due_at, id) AS place
       FROM delivery
       WHERE status = 'PENDING' AND due_at < now() - $1 * interval '1 millisecond'
         AND (lease_until IS NULL OR lease_until < now())) waiting
     WHERE place <= $3 ORDER BY place, due_at LIMIT $2`,
    [overdueMs, limit, perReceiver],
  );
  return rows;
}

/**
 * What is due for the merchant of a delivery whose attempt has just ended, the first few of each receiver: there may be
 * room for one that found its receiver busy.
 */
export async function findNextDeliveries(
  db: Database,
  deliveryId: string,
  perReceiver: number,
): Promise<readonly DueDelivery[]> {
  const { rows } = await db.pool.query<DueDelivery>(
    `SELECT ${dueColumns} FROM (
       SELECT id, due_at,
              row_number() OVER (PARTITION BY coalesce(endpoint_id, merchant_id) ORDER BY due_at, id) AS place
       FROM delivery
       WHERE merchant_id = (SELECT merchant_id FROM delivery WHERE id = $1)
         AND status = 'PENDING' AND due_at <= now()::timestamptz(3)
         AND (lease_until IS NULL OR lease_until < now())) waiting
     WHERE place <= $2 ORDER BY place, due_at`,
    [deliveryId, perReceiver],
  );
  return rows;
}
