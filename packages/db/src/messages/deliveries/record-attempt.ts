import type pg from 'pg';
import type { Database } from '../../client.js';
import { inTransaction } from '../../transaction.js';
import type { EndpointFacts } from '../notifications/facts.js';
import { writeNotification } from '../notifications/write-notification.js';
import type { ClaimedDelivery, Receiver } from './claim-delivery.js';
import { type DueDelivery, dueColumns } from './due-deliveries.js';

/** The result of an attempt. */
export interface AttemptRecord {
  /**
   * `gone`: the receiver wants no more messages. `refused`: this message can never be delivered, which is no fault of the
   * receiver. `interrupted`: our own process stopped before there was an answer; another one tries at once.
   */
  readonly outcome: 'delivered' | 'failed' | 'gone' | 'refused' | 'interrupted';
  readonly responseStatus: number | null;
  /** First bytes of the answer. */
  readonly responseHead: string | null;
  /** Null when it was delivered. */
  readonly error: string | null;
  readonly latencyMs: number;
}

export interface RecordedAttempt {
  /** `again`: another attempt will be made. `lost`: the delivery no longer belonged to this attempt, and nothing was changed. */
  readonly outcome: 'delivered' | 'again' | 'failed' | 'lost';
  /** The next attempt; null when there is none. */
  readonly next: DueDelivery | null;
  /** Whether the endpoint was switched off for it. */
  readonly disabled: boolean;
}

/**
 * Records the result of an attempt in one transaction: the log, the state of the delivery, and that of its endpoint. The
 * endpoint is switched off (with a message to the merchant) when it answered 410, or when this message used up its attempts
 * and no attempt at the endpoint succeeded for two days. A test event does not change the endpoint, nor does an answer from
 * a URL that the merchant has replaced since.
 *
 * @param nextDelayMs until the next attempt, or null when there is none; ignored when it was delivered.
 */
export function recordAttempt(
  db: Database,
  delivery: ClaimedDelivery,
  record: AttemptRecord,
  nextDelayMs: number | null,
): Promise<RecordedAttempt> {
  const isInterrupted = record.outcome === 'interrupted';
  const isLast = !isInterrupted && (record.outcome !== 'failed' || nextDelayMs === null);
  const status = record.outcome === 'delivered' ? 'DELIVERED' : isLast ? 'FAILED' : 'PENDING';
  return inTransaction(db.pool, async (client): Promise<RecordedAttempt> => {
    // As in every transaction that changes deliveries: the merchant's row first.
    const merchantId = await lockMerchant(client, delivery.id);
    const { rows } = await client.query<DueDelivery>(
      `UPDATE delivery SET status = $3::"DeliveryStatus", attempt_token = NULL, lease_until = NULL, last_error = $4,
         due_at = CASE WHEN $5::float8 IS NULL THEN due_at ELSE now() + $5 * interval '1 millisecond' END,
         finished_at = CASE WHEN $3 = 'PENDING' THEN NULL ELSE now() END
       WHERE id = $1 AND attempt_token = $2 AND status = 'PENDING' RETURNING ${dueColumns}`,
      [delivery.id, delivery.token, status, record.error, isInterrupted ? 0 : isLast ? null : nextDelayMs],
    );
    const [recorded] = rows;
    if (!recorded || merchantId === null) return { outcome: 'lost', next: null, disabled: false };
    await logAttempt(client, delivery, record);
    const disabled = await recordHealth(client, merchantId, delivery, record, isLast);
    const outcome = status === 'DELIVERED' ? 'delivered' : status === 'FAILED' ? 'failed' : 'again';
    return { outcome, next: outcome === 'again' ? recorded : null, disabled };
  });
}

async function lockMerchant(client: pg.ClientBase, deliveryId: string): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT id FROM merchant WHERE id = (SELECT merchant_id FROM delivery WHERE id = $1) FOR NO KEY UPDATE',
    [deliveryId],
  );
  return rows[0]?.id ?? null;
}

async function logAttempt(
  client: pg.ClientBase,
  { id, attempt }: ClaimedDelivery,
  { latencyMs, responseStatus, responseHead, error }: AttemptRecord,
): Promise<void> {
  await client.query(
    `UPDATE delivery_attempt SET latency_ms = $3, response_status = $4, response_head = $5, error = $6
     WHERE delivery_id = $1 AND number = $2`,
    [id, attempt, latencyMs, responseStatus, responseHead, error],
  );
}

async function recordHealth(
  client: pg.PoolClient,
  merchantId: string,
  { id, attempt, message, receiver }: ClaimedDelivery,
  { outcome }: AttemptRecord,
  isLast: boolean,
): Promise<boolean> {
  if (receiver.channel === 'email' || message.notificationId === null) return false;
  if (outcome === 'gone') return disable(client, merchantId, receiver, 'gone');
  const { endpointId, url } = receiver;
  if (outcome === 'delivered') {
    await client.query(
      'UPDATE webhook_endpoint SET failing_since = NULL WHERE id = $1 AND url = $2 AND failing_since IS NOT NULL',
      [endpointId, url],
    );
    return false;
  }
  // An attempt that was not sent, or that our own process broke off, is no evidence about the receiver.
  if (outcome !== 'failed') return false;
  await client.query(
    `UPDATE webhook_endpoint e SET failing_since = coalesce(e.failing_since, a.started_at)
     FROM delivery_attempt a WHERE a.delivery_id = $1 AND a.number = $2 AND e.id = $3 AND e.url = $4`,
    [id, attempt, endpointId, url],
  );
  return isLast && (await hasFailedForLong(client, receiver))
    ? disable(client, merchantId, receiver, 'failing')
    : false;
}

/** Most of the 75 hours for which a message is tried. Counted in hours, because attempts may be lost with our own workers. */
const FAILING_HOURS = 48;

async function hasFailedForLong(
  client: pg.ClientBase,
  { endpointId, url }: Extract<Receiver, { channel: 'webhook' }>,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT 1 FROM webhook_endpoint
     WHERE id = $1 AND url = $2 AND failing_since <= now() - $3 * interval '1 hour'`,
    [endpointId, url, FAILING_HOURS],
  );
  return rowCount === 1;
}

async function disable(
  client: pg.PoolClient,
  merchantId: string,
  { endpointId, url }: Extract<Receiver, { channel: 'webhook' }>,
  reason: EndpointFacts['reason'],
): Promise<boolean> {
  const { rows } = await client.query<{ description: string; now: Date }>(
    `UPDATE webhook_endpoint SET disabled_at = now(), disabled_reason = $3
     WHERE id = $1 AND url = $2 AND disabled_at IS NULL RETURNING description, clock_timestamp() AS now`,
    [endpointId, url, reason],
  );
  const [endpoint] = rows;
  if (!endpoint) return false;
  await client.query(
    `UPDATE delivery SET status = 'FAILED', attempt_token = NULL, lease_until = NULL, finished_at = now(),
       last_error = 'The endpoint was switched off.'
     WHERE endpoint_id = $1 AND status = 'PENDING' AND notification_id IS NOT NULL`,
    [endpointId],
  );
  await writeNotification(client, {
    now: endpoint.now,
    merchantId,
    uploadId: null,
    event: 'webhook.disabled',
    facts: {
      kind: 'endpoint',
      endpointId,
      host: new URL(url).host,
      description: endpoint.description,
      reason,
    },
  });
  return true;
}
