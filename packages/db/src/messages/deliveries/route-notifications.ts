import type pg from 'pg';
import type { Database } from '../../client.js';
import { newId } from '../../ids.js';
import { inTransaction } from '../../transaction.js';
import { type NotificationEvent, notificationEvents } from '../notifications/facts.js';
import { defaultSettings, readSettingsOf } from '../settings.js';
import { type DueDelivery, dueColumns } from './due-deliveries.js';

export interface RouteOptions {
  /** How many messages at most; the next call continues. */
  readonly limit: number;
  /** Whether mail can be sent at all. */
  readonly email: boolean;
}

/**
 * Makes the deliveries of every message that is not routed yet, by the merchant's current settings and endpoints. Safe to call
 * anywhere, any number of times at once: a message is routed once. Returns the deliveries to enqueue. Those to an endpoint
 * that fails are not among them, or each import would pay for each dead endpoint: the sweep tries them one by one, and the
 * others follow as soon as one has arrived.
 */
export function routeNotifications(
  db: Database,
  { limit, email }: RouteOptions,
): Promise<readonly DueDelivery[]> {
  return inTransaction(db.pool, async (client) => {
    const notifications = await takeUnrouted(client, limit);
    if (notifications.length === 0) return [];
    const deliveries = await planDeliveries(client, notifications, email);
    const due = await insertDeliveries(client, deliveries);
    await client.query('UPDATE notification SET routed_at = now() WHERE id = ANY ($1::uuid[])', [
      notifications.map(({ id }) => id),
    ]);
    const resting = new Set(deliveries.filter((each) => each.isToFailing).map(({ id }) => id));
    return due.filter(({ deliveryId }) => !resting.has(deliveryId));
  });
}

interface Unrouted {
  readonly id: string;
  readonly merchantId: string;
  readonly event: NotificationEvent;
}

async function takeUnrouted(client: pg.ClientBase, limit: number): Promise<readonly Unrouted[]> {
  const { rows } = await client.query<Unrouted>(
    // A message of an event that only a newer release knows waits for a process of that release.
    `SELECT id, merchant_id AS "merchantId", event FROM notification
     WHERE routed_at IS NULL AND event = ANY ($2) ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED`,
    [limit, notificationEvents],
  );
  return rows;
}

interface PlannedDelivery {
  readonly id: string;
  readonly notification: Unrouted;
  readonly channel: 'WEBHOOK' | 'EMAIL';
  readonly endpointId: string | null;
  readonly recipient: string | null;
  /** The endpoint is switched off: it gets the message only by a replay. */
  readonly isMissed: boolean;
  /** The endpoint's last attempt failed. */
  readonly isToFailing: boolean;
}

interface Endpoint {
  readonly id: string;
  readonly merchant_id: string;
  readonly events: readonly string[];
  readonly disabled: boolean;
  readonly failing: boolean;
}

async function planDeliveries(
  client: pg.PoolClient,
  notifications: readonly Unrouted[],
  canMail: boolean,
): Promise<readonly PlannedDelivery[]> {
  const merchantIds = [...new Set(notifications.map(({ merchantId }) => merchantId))];
  const settings = await readSettingsOf(client, merchantIds);
  const { rows: endpoints } = await client.query<Endpoint>(
    `SELECT id, merchant_id, events, disabled_at IS NOT NULL AS disabled, failing_since IS NOT NULL AS failing
     FROM webhook_endpoint
     WHERE merchant_id = ANY ($1::uuid[]) ORDER BY id FOR KEY SHARE`,
    [merchantIds],
  );
  return notifications.flatMap((notification): readonly PlannedDelivery[] => {
    const { merchantId, event } = notification;
    const { email, channels } = settings.get(merchantId) ?? defaultSettings;
    const wanted = channels[event];
    const takers = wanted.includes('webhook')
      ? endpoints.filter((each) => each.merchant_id === merchantId && each.events.includes(event))
      : [];
    const webhooks = takers.map(
      (endpoint): PlannedDelivery => ({
        id: newId(),
        notification,
        channel: 'WEBHOOK',
        endpointId: endpoint.id,
        recipient: null,
        isMissed: endpoint.disabled,
        isToFailing: endpoint.failing,
      }),
    );
    if (!canMail || email === null || !wanted.includes('email')) return webhooks;
    return [
      ...webhooks,
      {
        id: newId(),
        notification,
        channel: 'EMAIL',
        endpointId: null,
        recipient: email,
        isMissed: false,
        isToFailing: false,
      },
    ];
  });
}

async function insertDeliveries(
  client: pg.ClientBase,
  deliveries: readonly PlannedDelivery[],
): Promise<readonly DueDelivery[]> {
  const { rows } = await client.query<DueDelivery>(
    `WITH made AS (
       INSERT INTO delivery (id, merchant_id, notification_id, channel, endpoint_id, recipient, event, status,
         last_error, finished_at)
       SELECT id, merchant_id, notification_id, channel::"DeliveryChannel", endpoint_id, recipient, event,
              (CASE WHEN missed THEN 'FAILED' ELSE 'PENDING' END)::"DeliveryStatus",
              CASE WHEN missed THEN 'The endpoint is switched off.' END, CASE WHEN missed THEN now() END
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::boolean[])
         AS each (id, merchant_id, notification_id, channel, endpoint_id, recipient, event, missed)
       RETURNING id, due_at, status)
     SELECT ${dueColumns} FROM made WHERE status = 'PENDING'`,
    [
      deliveries.map(({ id }) => id),
      deliveries.map(({ notification }) => notification.merchantId),
      deliveries.map(({ notification }) => notification.id),
      deliveries.map(({ channel }) => channel),
      deliveries.map(({ endpointId }) => endpointId),
      deliveries.map(({ recipient }) => recipient),
      deliveries.map(({ notification }) => notification.event),
      deliveries.map(({ isMissed }) => isMissed),
    ],
  );
  return rows;
}
