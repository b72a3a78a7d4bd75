import { randomUUID } from 'node:crypto';
import type { Database } from '../client.js';
import { newId } from '../ids.js';
import { createApiKey } from '../keys/api-keys.js';
import {
  type ClaimDeliveryOptions,
  type ClaimedDelivery,
  claimDelivery,
  type DeliveryClaim,
} from '../messages/deliveries/claim-delivery.js';
import {
  type AttemptRecord,
  type RecordedAttempt,
  recordAttempt,
} from '../messages/deliveries/record-attempt.js';
import { routeNotifications } from '../messages/deliveries/route-notifications.js';
import type { NotificationEvent } from '../messages/notifications/facts.js';
import { createEndpoint, type NewWebhookEndpoint, webhookEvents } from '../messages/webhooks/endpoints.js';

/** A merchant without messages. */
export async function addMerchant(db: Database): Promise<string> {
  const { merchantId } = await createApiKey(db, `Merchant ${randomUUID()}`, 'test');
  return merchantId;
}

/** Adds an endpoint with every event, unless given otherwise. */
export async function addEndpoint(
  db: Database,
  merchantId: string,
  change: Partial<NewWebhookEndpoint> = {},
): Promise<string> {
  const endpoint = await createEndpoint(db, merchantId, {
    url: 'https://hooks.example.com/secret-path',
    description: '',
    events: webhookEvents,
    secret: 'whsec_first',
    ...change,
  });
  if (!endpoint) throw new Error(`The merchant ${merchantId} has no room for an endpoint`);
  return endpoint.id;
}

/** Adds a message that is not routed yet, without facts, as an older release writes it. */
export async function addNotification(
  db: Database,
  merchantId: string,
  event: NotificationEvent = 'upload.completed',
): Promise<string> {
  const id = newId();
  await db.pool.query(
    `INSERT INTO notification (id, merchant_id, event, message) VALUES ($1, $2, $3, 'It is done.')`,
    [id, merchantId, event],
  );
  return id;
}

/** Adds a message and routes it to every endpoint of the merchant. Returns the ids of the deliveries. */
export async function addDeliveries(db: Database, merchantId: string): Promise<readonly string[]> {
  const notificationId = await addNotification(db, merchantId);
  await routeNotifications(db, { limit: 1_000, email: true });
  const { rows } = await db.pool.query<{ id: string }>(
    'SELECT id FROM delivery WHERE notification_id = $1 ORDER BY endpoint_id',
    [notificationId],
  );
  return rows.map(({ id }) => id);
}

/** Adds a message and routes it to the merchant's only endpoint. Returns the id of the delivery. */
export async function addDelivery(db: Database, merchantId: string): Promise<string> {
  const [id] = await addDeliveries(db, merchantId);
  if (id === undefined) throw new Error(`The merchant ${merchantId} has no endpoint`);
  return id;
}

const claimOptions: ClaimDeliveryOptions = { leaseMs: 60_000, perEndpoint: 1_000, perMerchant: 1_000 };

/** Claims as a worker does, without limits unless given. */
export function tryToClaim(
  db: Database,
  id: string,
  options: Partial<ClaimDeliveryOptions> = {},
): Promise<DeliveryClaim> {
  return claimDelivery(db, id, { ...claimOptions, ...options });
}

/** Claims a delivery; throws if it cannot be claimed. */
export async function claimForSure(db: Database, id: string): Promise<ClaimedDelivery> {
  const claim = await tryToClaim(db, id);
  if (claim.outcome !== 'claimed') throw new Error(`The delivery ${id} could not be claimed`);
  return claim.delivery;
}

/** Makes the next attempt due. */
export async function makeDue(db: Database, id: string, secondsAgo = 1): Promise<void> {
  await db.pool.query(`UPDATE delivery SET due_at = now() - $2 * interval '1 second' WHERE id = $1`, [
    id,
    secondsAgo,
  ]);
}

/** One whole attempt, at once, whenever it is due. */
export async function attemptNow(
  db: Database,
  id: string,
  record: AttemptRecord,
  delayMs: number | null = 60_000,
): Promise<RecordedAttempt> {
  await makeDue(db, id);
  return recordAttempt(db, await claimForSure(db, id), record, delayMs);
}

/** As if the worker that has the delivery were gone, and its time had passed. */
export async function endLease(db: Database, id: string): Promise<void> {
  await db.pool.query(
    `UPDATE delivery SET lease_until = now() - interval '1 second' WHERE id = $1 AND lease_until IS NOT NULL`,
    [id],
  );
}

/** Sets how long an endpoint has been failing, whether or not an attempt has failed. */
export async function makeFailing(db: Database, endpointId: string, hours: number): Promise<void> {
  await db.pool.query(
    `UPDATE webhook_endpoint SET failing_since = now() - $2 * interval '1 hour' WHERE id = $1`,
    [endpointId, hours],
  );
}

/** One result of each kind. */
export const attemptRecords = {
  delivered: { outcome: 'delivered', responseStatus: 204, responseHead: null, error: null, latencyMs: 1 },
  failed: {
    outcome: 'failed',
    responseStatus: 503,
    responseHead: 'busy',
    error: 'It answered 503.',
    latencyMs: 1,
  },
  gone: {
    outcome: 'gone',
    responseStatus: 410,
    responseHead: 'bye',
    error: 'It answered 410.',
    latencyMs: 1,
  },
  refused: {
    outcome: 'refused',
    responseStatus: null,
    responseHead: null,
    error: 'No address.',
    latencyMs: 1,
  },
} as const satisfies Readonly<Record<Exclude<AttemptRecord['outcome'], 'interrupted'>, AttemptRecord>>;
