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

/**
 * Deliveries (`d`) with their endpoint, if they have one. Joined, and not looked up for each: a merchant may have thousands that wait
 * for a dead endpoint, and each attempt asks.
 */
const withEndpoint = 'delivery d LEFT JOIN webhook_endpoint e ON e.id = d.endpoint_id';

/** Whether it goes to an endpoint whose last attempt failed. A test event tells how it answers now, so it goes anyway. */
const isToFailing = '(d.notification_id IS NOT NULL AND e.failing_since IS NOT NULL)';

/**
 * Pending deliveries that are overdue and have no valid lease: first the oldest of each receiver, then the next of each. Of an
 * endpoint that fails, the oldest only: it shows whether the others have a chance.
 */
export async function findDueDeliveries(
  db: Database,
  { overdueMs, limit, perReceiver }: DueOptions,
): Promise<readonly DueDelivery[]> {
  const { rows } = await db.pool.query<DueDelivery>(
    `SELECT ${dueColumns} FROM (
       SELECT d.id, due_at, ${isToFailing} AS is_to_failing,
              row_number() OVER (PARTITION BY coalesce(endpoint_id, d.merchant_id) ORDER BY due_at, d.id) AS place
       FROM ${withEndpoint}
       WHERE status = 'PENDING' AND due_at < now() - $1 * interval '1 millisecond'
         AND (lease_until IS NULL OR lease_until < now())) waiting
     WHERE place <= CASE WHEN is_to_failing THEN 1 ELSE $3 END ORDER BY place, due_at LIMIT $2`,
    [overdueMs, limit, perReceiver],
  );
  return rows;
}

/** How many attempts may be under way at once. */
export interface AttemptsAtOnce {
  readonly perEndpoint: number;
  readonly perMerchant: number;
}

/**
 * Due deliveries of the same merchant, after an attempt has ended: those that found their receiver busy can be attempted now.
 * Only as many as have room, since each becomes a job, and none to an endpoint that fails. First the oldest of each receiver.
 */
export async function findNextDeliveries(
  db: Database,
  deliveryId: string,
  { perEndpoint, perMerchant }: AttemptsAtOnce,
): Promise<readonly DueDelivery[]> {
  const { rows } = await db.pool.query<DueDelivery & { readonly underWay: number }>(
    `SELECT ${dueColumns}, under_way AS "underWay" FROM (
       SELECT id, due_at, is_held,
              row_number() OVER (PARTITION BY receiver, is_held ORDER BY due_at, id) AS place,
              count(*) FILTER (WHERE is_held) OVER (PARTITION BY receiver) AS held,
              count(*) FILTER (WHERE is_held) OVER () AS under_way
       FROM (SELECT d.id, due_at, coalesce(endpoint_id, d.merchant_id) AS receiver,
                    coalesce(lease_until >= now(), false) AS is_held
             FROM ${withEndpoint}
             WHERE d.merchant_id = (SELECT merchant_id FROM delivery WHERE id = $1) AND status = 'PENDING'
               AND (lease_until >= now() OR (due_at <= now()::timestamptz(3) AND NOT ${isToFailing}))) pending) waiting
     WHERE NOT is_held AND place + held <= $2 ORDER BY place, due_at LIMIT $3`,
    [deliveryId, perEndpoint, perMerchant],
  );
  const room = Math.max(0, perMerchant - (rows[0]?.underWay ?? 0));
  return rows.slice(0, room).map(({ deliveryId, turn }) => ({ deliveryId, turn }));
}
