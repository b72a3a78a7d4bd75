import type { Database } from '../../client.js';

/** A delivery that waits for its next attempt. */
export interface DueDelivery {
  readonly deliveryId: string;
  /** Names the next attempt: the time when it is due, in milliseconds since 1970. */
  readonly turn: number;
}

/** The columns of a {@link DueDelivery}. */
export const dueColumns = `id AS "deliveryId", (extract(epoch FROM due_at) * 1000)::bigint AS turn`;

export interface DueOptions {
  /** A delivery that is overdue for longer has lost its job or its worker. */
  readonly overdueMs: number;
  readonly limit: number;
  /** How many deliveries of one receiver at most, so that a receiver with thousands does not delay all others. */
  readonly perReceiver: number;
}

/** Pending deliveries that are overdue and have no valid lease: first the oldest of each receiver, then the next of each. */
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
 * The due deliveries of the same merchant, the first few of each receiver, after an attempt has ended: one that found its
 * receiver busy can be attempted now.
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
