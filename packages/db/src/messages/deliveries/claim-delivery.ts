import type pg from 'pg';
import type { Database } from '../../client.js';
import { newId } from '../../ids.js';
import { inTransaction } from '../../transaction.js';
import { type NotificationFacts, notificationEvents, readFacts } from '../notifications/facts.js';
import { defaultSettings, readSettingsOf } from '../settings.js';

/** The message of a delivery. */
export interface DeliveredMessage {
  /** A {@link NotificationEvent}, or `webhook.test`. */
  readonly event: string;
  /** When the notification was written, or the test event made. */
  readonly createdAt: Date;
  /** Null for a test event. */
  readonly notificationId: string | null;
  readonly uploadId: string | null;
  /** The text, in one line. */
  readonly message: string;
  /** Null for a test event, and in messages of an older release. */
  readonly facts: NotificationFacts | null;
}

/** The receiver of a delivery. */
export type Receiver =
  | {
      readonly channel: 'webhook';
      readonly endpointId: string;
      readonly url: string;
      /** Newest first. */
      readonly secrets: readonly string[];
    }
  | {
      readonly channel: 'email';
      readonly address: string;
      readonly locale: string;
      readonly timeZone: string;
    };

/** A delivery that belongs to one worker until the lease runs out. */
export interface ClaimedDelivery {
  readonly id: string;
  /** Proof of this attempt: a result with another token is refused. */
  readonly token: string;
  /** 1 for the first attempt; a replay counts on. */
  readonly attempt: number;
  /** As {@link attempt}, but counted since the last replay. */
  readonly attemptOfRound: number;
  /** By the clock of Postgres, since that of a worker may be wrong, and receivers refuse old timestamps. */
  readonly startedAt: Date;
  readonly message: DeliveredMessage;
  readonly receiver: Receiver;
}

export interface ClaimDeliveryOptions {
  /** How long the delivery belongs to this worker. Longer than an attempt can take. */
  readonly leaseMs: number;
  /** Attempts at one endpoint at the same time, over all workers. */
  readonly perEndpoint: number;
  /** Attempts for one merchant at the same time, over all workers. */
  readonly perMerchant: number;
  /**
   * For how long the first attempt at an endpoint that fails is left to the sweep, which tries one at a time. Default 0: it is not. Its
   * job may have been added before the endpoint failed.
   */
  readonly restMs?: number;
}

/**
 * `claimed`: attempt it. `busy`: its receiver has enough attempts under way, so try again later. `nothing`: it is done, not
 * due, claimed by another worker, or its endpoint is switched off or rests.
 */
export type DeliveryClaim =
  | { readonly outcome: 'claimed'; readonly delivery: ClaimedDelivery }
  | { readonly outcome: 'busy' | 'nothing' };

/** Claims a delivery that is due, also one whose lease has run out. */
export function claimDelivery(
  db: Database,
  deliveryId: string,
  options: ClaimDeliveryOptions,
): Promise<DeliveryClaim> {
  return inTransaction(db.pool, async (client): Promise<DeliveryClaim> => {
    const row = await lockClaimable(client, deliveryId, options);
    if (row === null) return { outcome: 'nothing' };
    if (row.disabled && row.notification_id !== null) {
      await giveUp(client, deliveryId, 'The endpoint is switched off.');
      return { outcome: 'nothing' };
    }
    const receiver = await describeReceiver(client, row);
    if (receiver === null) {
      await giveUp(client, deliveryId, 'The merchant does not want this by mail any more.');
      return { outcome: 'nothing' };
    }
    if (await isBusy(client, row, options)) return { outcome: 'busy' };
    const token = newId();
    const { attempt, startedAt } = await begin(client, deliveryId, token, options.leaseMs);
    return {
      outcome: 'claimed',
      delivery: {
        id: deliveryId,
        token,
        attempt,
        attemptOfRound: attempt - row.attempts_before,
        startedAt,
        message: {
          event: row.event,
          createdAt: row.happened_at,
          notificationId: row.notification_id,
          uploadId: row.upload_id,
          message: row.message ?? 'This is a test.',
          facts: readFacts(row.facts),
        },
        receiver,
      },
    };
  });
}

/** Ends a delivery without another attempt. */
async function giveUp(client: pg.ClientBase, deliveryId: string, reason: string): Promise<void> {
  await client.query(
    `UPDATE delivery SET status = 'FAILED', attempt_token = NULL, lease_until = NULL, last_error = $2, finished_at = now()
     WHERE id = $1 AND status = 'PENDING'`,
    [deliveryId, reason],
  );
}

interface ClaimableRow {
  merchant_id: string;
  notification_id: string | null;
  endpoint_id: string | null;
  event: string;
  attempts_before: number;
  url: string | null;
  secrets: string[];
  disabled: boolean;
  upload_id: string | null;
  message: string | null;
  facts: unknown;
  happened_at: Date;
}

/** Locks the merchant's row first, so that of two claims at once the second one counts the first. */
async function lockClaimable(
  client: pg.ClientBase,
  deliveryId: string,
  { restMs = 0 }: ClaimDeliveryOptions,
): Promise<ClaimableRow | null> {
  await client.query(
    `SELECT 1 FROM merchant WHERE id = (SELECT merchant_id FROM delivery WHERE id = $1) FOR NO KEY UPDATE`,
    [deliveryId],
  );
  const { rows } = await client.query<ClaimableRow>(
    // `due_at` is rounded to milliseconds, sometimes up. A delivery that is due now must be claimable now, so now() is rounded too.
    `SELECT d.merchant_id, d.notification_id, d.endpoint_id, d.event, d.attempts_before,
            e.url, e.disabled_at IS NOT NULL AS disabled,
            CASE WHEN e.previous_secret_until > now() THEN ARRAY[e.secret, e.previous_secret]
                 ELSE ARRAY[e.secret] END AS secrets,
            n.upload_id, n.message, n.facts, coalesce(n.created_at, d.created_at) AS happened_at
     FROM delivery d
     LEFT JOIN webhook_endpoint e ON e.id = d.endpoint_id
     LEFT JOIN notification n ON n.id = d.notification_id
     WHERE d.id = $1 AND d.status = 'PENDING' AND d.due_at <= now()::timestamptz(3)
       AND (d.lease_until IS NULL OR d.lease_until < now())
       AND NOT (e.failing_since IS NOT NULL AND d.attempts = 0 AND d.notification_id IS NOT NULL
                AND d.due_at > now() - $2 * interval '1 millisecond')
     FOR UPDATE OF d`,
    [deliveryId, restMs],
  );
  return rows[0] ?? null;
}

async function isBusy(
  client: pg.ClientBase,
  { merchant_id, endpoint_id }: ClaimableRow,
  { perEndpoint, perMerchant }: ClaimDeliveryOptions,
): Promise<boolean> {
  const { rows } = await client.query<{ of_merchant: number; of_endpoint: number }>(
    `SELECT count(*) AS of_merchant, count(*) FILTER (WHERE endpoint_id = $2) AS of_endpoint
     FROM delivery WHERE merchant_id = $1 AND status = 'PENDING' AND lease_until > now()`,
    [merchant_id, endpoint_id],
  );
  const running = rows[0] ?? { of_merchant: 0, of_endpoint: 0 };
  return running.of_merchant >= perMerchant || running.of_endpoint >= perEndpoint;
}

async function begin(
  client: pg.ClientBase,
  deliveryId: string,
  token: string,
  leaseMs: number,
): Promise<{ readonly attempt: number; readonly startedAt: Date }> {
  const { rows } = await client.query<{ number: number; started_at: Date }>(
    `WITH begun AS (
       UPDATE delivery SET attempts = attempts + 1, attempt_token = $2,
         lease_until = clock_timestamp() + $3 * interval '1 millisecond'
       WHERE id = $1 RETURNING id, attempts)
     INSERT INTO delivery_attempt (delivery_id, number, started_at)
     SELECT id, attempts, clock_timestamp() FROM begun RETURNING number, started_at`,
    [deliveryId, token, leaseMs],
  );
  const begun = rows[0];
  if (!begun) throw new Error(`The delivery ${deliveryId} was deleted while its row was locked.`);
  return { attempt: begun.number, startedAt: begun.started_at };
}

/** Null for a mail that the merchant does not want any more. */
async function describeReceiver(client: pg.PoolClient, row: ClaimableRow): Promise<Receiver | null> {
  if (row.endpoint_id !== null && row.url !== null) {
    return { channel: 'webhook', endpointId: row.endpoint_id, url: row.url, secrets: row.secrets };
  }
  const settings = await readSettingsOf(client, [row.merchant_id]);
  const { email, locale, timeZone, channels } = settings.get(row.merchant_id) ?? defaultSettings;
  // By the current settings: when the address was corrected, pending mails go to the new one.
  const wanted = notificationEvents.some((event) => event === row.event && channels[event].includes('email'));
  return email !== null && wanted ? { channel: 'email', address: email, locale, timeZone } : null;
}
