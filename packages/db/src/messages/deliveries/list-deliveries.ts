import type { Database } from '../../client.js';
import type { DeliveryStatus } from '../../generated/prisma/client.js';
import { readingFrom } from '../../page-start.js';
import { type Neighbours, type PageQuery, readPage } from '../../read-page.js';

/** One attempt at a delivery. */
export interface AttemptReport {
  /** From 1. */
  readonly number: number;
  readonly startedAt: Date;
  /** Null while it is under way, and for ever if its process died. */
  readonly latencyMs: number | null;
  readonly responseStatus: number | null;
  /** First bytes of the answer. */
  readonly responseHead: string | null;
  /** Null when it was delivered. */
  readonly error: string | null;
}

/** A message to a webhook endpoint, its status and its attempts. */
export interface DeliveryReport {
  /** The `webhook-id`. */
  readonly id: string;
  readonly event: string;
  readonly status: DeliveryStatus;
  /** Null for a test event. */
  readonly notificationId: string | null;
  readonly uploadId: string | null;
  readonly createdAt: Date;
  /** When the next attempt is due; null when there is none. */
  readonly dueAt: Date | null;
  readonly finishedAt: Date | null;
  /** Why the last attempt failed. */
  readonly lastError: string | null;
  /** Oldest first. */
  readonly attempts: readonly AttemptReport[];
}

export interface DeliveriesQuery extends PageQuery {
  readonly status?: DeliveryStatus | undefined;
}

interface DeliveryRow {
  id: string;
  event: string;
  status: DeliveryStatus;
  notification_id: string | null;
  upload_id: string | null;
  created_at: Date;
  due_at: Date;
  finished_at: Date | null;
  last_error: string | null;
  attempts: (Omit<AttemptReport, 'startedAt'> & { readonly startedAt: string })[];
}

const reportSql = (condition: string) => `
  SELECT d.id, d.event, d.status, d.notification_id, n.upload_id, d.created_at, d.due_at, d.finished_at, d.last_error,
         log.attempts
  FROM delivery d
  LEFT JOIN notification n ON n.id = d.notification_id
  CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_object(
             'number', number, 'startedAt', started_at, 'latencyMs', latency_ms, 'responseStatus', response_status,
             'responseHead', response_head, 'error', error) ORDER BY number), '[]') AS attempts
    FROM delivery_attempt WHERE delivery_id = d.id) log
  WHERE d.merchant_id = $1 AND d.endpoint_id = $2 AND ${condition}`;

/** The deliveries of an endpoint, newest first. */
export async function listDeliveries(
  db: Database,
  merchantId: string,
  endpointId: string,
  { status, ...query }: DeliveriesQuery,
): Promise<Neighbours & { readonly deliveries: readonly DeliveryReport[] }> {
  const { beyond, order } = readingFrom(query.start, 'DESC');
  const { rows: deliveries, ...beside } = await readPage(
    query,
    async (take) => {
      const page = `($3::uuid IS NULL OR d.id ${beyond} $3) AND ($4::"DeliveryStatus" IS NULL OR d.status = $4)`;
      const { rows } = await db.pool.query<DeliveryRow>(
        `${reportSql(page)} ORDER BY d.id ${order} LIMIT $5`,
        [merchantId, endpointId, query.start?.key ?? null, status ?? null, take],
      );
      return rows.map(toReport);
    },
    ({ id }) => id,
  );
  return { deliveries, ...beside };
}

/** One delivery; null when the merchant's endpoint has no such delivery. */
export async function readDelivery(
  db: Database,
  merchantId: string,
  endpointId: string,
  id: string,
): Promise<DeliveryReport | null> {
  const { rows } = await db.pool.query<DeliveryRow>(reportSql('d.id = $3'), [merchantId, endpointId, id]);
  return rows[0] ? toReport(rows[0]) : null;
}

function toReport(row: DeliveryRow): DeliveryReport {
  return {
    id: row.id,
    event: row.event,
    status: row.status,
    notificationId: row.notification_id,
    uploadId: row.upload_id,
    createdAt: row.created_at,
    dueAt: row.status === 'PENDING' ? row.due_at : null,
    finishedAt: row.finished_at,
    lastError: row.last_error,
    attempts: row.attempts.map((attempt) => ({ ...attempt, startedAt: new Date(attempt.startedAt) })),
  };
}
