import type pg from 'pg';
import type { Database } from '../../client.js';
import { newId } from '../../ids.js';
import { readingFrom } from '../../page-start.js';
import { type Neighbours, type PageQuery, readPage } from '../../read-page.js';
import { inTransaction } from '../../transaction.js';

/** Events to which an endpoint can subscribe. */
export const webhookEvents = [
  'upload.completed',
  'upload.failed',
  'upload.canceled',
  'upload.needs_mapping',
  'upload.needs_review',
  'upload.undone',
] as const;

export type WebhookEvent = (typeof webhookEvents)[number];

/** Why an endpoint is switched off: it answered 410, it failed for too long, or the merchant did it. */
export type DisabledReason = 'gone' | 'failing' | 'by_hand';

/** A URL that gets messages. Its secrets are shown only when they are made. */
export interface WebhookEndpointReport {
  readonly id: string;
  readonly url: string;
  readonly description: string;
  readonly events: readonly WebhookEvent[];
  /** Null while it is on. */
  readonly disabled: { readonly since: Date; readonly reason: DisabledReason } | null;
  /** First failed attempt since the last success; null when there is none. */
  readonly failingSince: Date | null;
  /** Until when the previous secret signs as well; null when it does not. */
  readonly previousSecretUntil: Date | null;
  readonly createdAt: Date;
}

export interface NewWebhookEndpoint {
  readonly url: string;
  readonly description: string;
  readonly events: readonly WebhookEvent[];
  /** `whsec_…` */
  readonly secret: string;
}

/** Properties that a merchant may change; missing ones stay as they are. */
export interface WebhookEndpointChange {
  readonly url?: string | undefined;
  readonly description?: string | undefined;
  readonly events?: readonly WebhookEvent[] | undefined;
  readonly enabled?: boolean | undefined;
}

/** How many endpoints a merchant may have. A limit, because each message goes to all of them. */
export const maxEndpoints = 20;

interface EndpointRow {
  id: string;
  url: string;
  description: string;
  events: WebhookEvent[];
  disabled_at: Date | null;
  disabled_reason: DisabledReason | null;
  failing_since: Date | null;
  previous_secret_until: Date | null;
  created_at: Date;
}

const columns = `id, url, description, events, disabled_at, disabled_reason, failing_since,
  CASE WHEN previous_secret_until > now() THEN previous_secret_until END AS previous_secret_until, created_at`;

/** Called with an endpoint as it is, under its lock, before it is changed. What it throws is thrown, and nothing changes. */
export type EndpointCheck = (endpoint: WebhookEndpointReport) => void;

/** A merchant's endpoints, oldest first; there are {@link maxEndpoints} at most. */
export async function listEndpoints(
  db: Database,
  merchantId: string,
  query: PageQuery,
): Promise<Neighbours & { readonly endpoints: readonly WebhookEndpointReport[] }> {
  const { beyond, order } = readingFrom(query.start, 'ASC');
  const { rows: endpoints, ...beside } = await readPage(
    query,
    async (take) => {
      const { rows } = await db.pool.query<EndpointRow>(
        `SELECT ${columns} FROM webhook_endpoint
         WHERE merchant_id = $1 AND ($2::uuid IS NULL OR id ${beyond} $2) ORDER BY id ${order} LIMIT $3`,
        [merchantId, query.start?.key ?? null, take],
      );
      return rows.map(toReport);
    },
    ({ id }) => id,
  );
  return { endpoints, ...beside };
}

/** Null when the merchant has no such endpoint. */
export async function readEndpoint(
  db: Database,
  merchantId: string,
  id: string,
): Promise<WebhookEndpointReport | null> {
  const { rows } = await db.pool.query<EndpointRow>(
    `SELECT ${columns} FROM webhook_endpoint WHERE merchant_id = $1 AND id = $2`,
    [merchantId, id],
  );
  return rows[0] ? toReport(rows[0]) : null;
}

/** Null when the merchant has {@link maxEndpoints} already. */
export function createEndpoint(
  db: Database,
  merchantId: string,
  { url, description, events, secret }: NewWebhookEndpoint,
): Promise<WebhookEndpointReport | null> {
  return inTransaction(db.pool, async (client) => {
    // Locks the merchant, so that two calls at once cannot exceed the limit.
    await client.query('SELECT 1 FROM merchant WHERE id = $1 FOR NO KEY UPDATE', [merchantId]);
    const { rows } = await client.query<EndpointRow>(
      `INSERT INTO webhook_endpoint (id, merchant_id, url, description, events, secret)
       SELECT $2, $1, $3, $4, $5, $6
       WHERE (SELECT count(*) FROM webhook_endpoint WHERE merchant_id = $1) < $7
       RETURNING ${columns}`,
      [merchantId, newId(), url, description, events, secret, maxEndpoints],
    );
    return rows[0] ? toReport(rows[0]) : null;
  });
}

/** Changes an endpoint. Switching it on again, or giving it another URL, resets its failures. Null when the merchant has no such endpoint. */
export function changeEndpoint(
  db: Database,
  merchantId: string,
  id: string,
  change: WebhookEndpointChange,
  check: EndpointCheck = () => undefined,
): Promise<WebhookEndpointReport | null> {
  return inTransaction(db.pool, async (client) => {
    const before = await lockEndpoint(client, merchantId, id);
    if (before === null) return null;
    check(before);
    return writeChange(client, merchantId, id, change);
  });
}

async function lockEndpoint(
  client: pg.ClientBase,
  merchantId: string,
  id: string,
): Promise<WebhookEndpointReport | null> {
  const { rows } = await client.query<EndpointRow>(
    `SELECT ${columns} FROM webhook_endpoint WHERE merchant_id = $1 AND id = $2 FOR UPDATE`,
    [merchantId, id],
  );
  return rows[0] ? toReport(rows[0]) : null;
}

async function writeChange(
  client: pg.ClientBase,
  merchantId: string,
  id: string,
  { url, description, events, enabled }: WebhookEndpointChange,
): Promise<WebhookEndpointReport | null> {
  const { rows } = await client.query<EndpointRow>(
    `UPDATE webhook_endpoint
     SET url = coalesce($3, url), description = coalesce($4, description), events = coalesce($5, events),
       disabled_at = CASE $6::boolean WHEN true THEN NULL WHEN false THEN coalesce(disabled_at, now())
                     ELSE disabled_at END,
       disabled_reason = CASE $6::boolean WHEN true THEN NULL WHEN false THEN coalesce(disabled_reason, 'by_hand')
                         ELSE disabled_reason END,
       failing_since = CASE WHEN $6::boolean OR $3 <> url THEN NULL ELSE failing_since END
     WHERE merchant_id = $1 AND id = $2 RETURNING ${columns}`,
    [merchantId, id, url ?? null, description ?? null, events ?? null, enabled ?? null],
  );
  return rows[0] ? toReport(rows[0]) : null;
}

/** Removes an endpoint with all of its deliveries. False when the merchant has no such endpoint. */
export function deleteEndpoint(
  db: Database,
  merchantId: string,
  id: string,
  check: EndpointCheck = () => undefined,
): Promise<boolean> {
  return inTransaction(db.pool, async (client) => {
    // As in every transaction that changes deliveries: the merchant's row first.
    await client.query('SELECT 1 FROM merchant WHERE id = $1 FOR NO KEY UPDATE', [merchantId]);
    const before = await lockEndpoint(client, merchantId, id);
    if (before === null) return false;
    check(before);
    const { rowCount } = await client.query(
      'DELETE FROM webhook_endpoint WHERE merchant_id = $1 AND id = $2',
      [merchantId, id],
    );
    return rowCount === 1;
  });
}

/**
 * Gives an endpoint a new secret. The previous one signs as well for `overlapMs`; one before that no longer does. Null when the merchant has no such endpoint.
 */
export async function rotateSecret(
  db: Database,
  merchantId: string,
  id: string,
  { secret, overlapMs }: { readonly secret: string; readonly overlapMs: number },
): Promise<WebhookEndpointReport | null> {
  const { rows } = await db.pool.query<EndpointRow>(
    `UPDATE webhook_endpoint
     SET secret = $3, previous_secret = CASE WHEN $4::float8 > 0 THEN secret END,
       previous_secret_until = CASE WHEN $4::float8 > 0 THEN now() + $4::float8 * interval '1 millisecond' END
     WHERE merchant_id = $1 AND id = $2 RETURNING ${columns}`,
    [merchantId, id, secret, overlapMs],
  );
  return rows[0] ? toReport(rows[0]) : null;
}

function toReport(row: EndpointRow): WebhookEndpointReport {
  return {
    id: row.id,
    url: row.url,
    description: row.description,
    events: row.events,
    disabled:
      row.disabled_at === null ? null : { since: row.disabled_at, reason: row.disabled_reason ?? 'by_hand' },
    failingSince: row.failing_since,
    previousSecretUntil: row.previous_secret_until,
    createdAt: row.created_at,
  };
}
