import type { Database } from '../../client.js';
import { readingFrom } from '../../page-start.js';
import { type Neighbours, type PageQuery, readPage } from '../../read-page.js';
import { readSettings } from '../settings.js';
import { type NotificationEvent, type NotificationFacts, notificationEvents, readFacts } from './facts.js';

/** A message as the feed shows it. */
export interface NotificationReport {
  readonly id: string;
  readonly event: NotificationEvent;
  /** The text, in one line. */
  readonly message: string;
  /** Null in messages of an older release. */
  readonly facts: NotificationFacts | null;
  /** Null when it is not about an upload. */
  readonly uploadId: string | null;
  readonly createdAt: Date;
  /** Null while it is unread. */
  readonly readAt: Date | null;
}

export interface NotificationsQuery extends PageQuery {
  /** Only unread messages. */
  readonly unread?: boolean | undefined;
  /** Only those about this upload. */
  readonly uploadId?: string | undefined;
  /** Only those of these events. */
  readonly events?: readonly NotificationEvent[] | undefined;
}

export interface NotificationsPage extends Neighbours {
  readonly notifications: readonly NotificationReport[];
  /** Unread messages in the whole feed. */
  readonly unreadCount: number;
}

interface NotificationRow {
  id: string;
  event: NotificationEvent;
  message: string;
  facts: unknown;
  upload_id: string | null;
  created_at: Date;
  read_at: Date | null;
}

const columns = 'id, event, message, facts, upload_id, created_at, read_at';

/** A merchant's feed, newest first: messages of the events that have the channel `in_app`. */
export async function listNotifications(
  db: Database,
  merchantId: string,
  { unread = false, uploadId, events = notificationEvents, ...query }: NotificationsQuery,
): Promise<NotificationsPage> {
  const { beyond, order } = readingFrom(query.start, 'DESC');
  const shown = await shownEvents(db, merchantId);
  const wanted = shown.filter((event) => events.includes(event));
  const { rows: notifications, ...beside } = await readPage(
    query,
    async (take) => {
      const { rows } = await db.pool.query<NotificationRow>(
        `SELECT ${columns} FROM notification
         WHERE merchant_id = $1 AND event = ANY ($2) AND ($3::uuid IS NULL OR id ${beyond} $3)
           AND (NOT $4 OR read_at IS NULL) AND ($5::uuid IS NULL OR upload_id = $5)
         ORDER BY id ${order} LIMIT $6`,
        [merchantId, wanted, query.start?.key ?? null, unread, uploadId ?? null, take],
      );
      return rows.map(toReport);
    },
    ({ id }) => id,
  );
  const count = await db.pool.query<{ unread: number }>(
    'SELECT count(*) AS unread FROM notification WHERE merchant_id = $1 AND event = ANY ($2) AND read_at IS NULL',
    [merchantId, shown],
  );
  return { notifications, ...beside, unreadCount: count.rows[0]?.unread ?? 0 };
}

/**
 * Messages of several merchants with ids from `from` on, oldest first, for the event streams. A message becomes visible a
 * moment after its id was made, so a stream asks from a little before the newest id it has.
 */
export async function listNewNotifications(
  db: Database,
  merchantIds: readonly string[],
  { from, limit }: { readonly from: string; readonly limit: number },
): Promise<readonly (NotificationReport & { readonly merchantId: string })[]> {
  const { rows } = await db.pool.query<NotificationRow & { merchant_id: string }>(
    `SELECT merchant_id, ${columns} FROM notification
     WHERE merchant_id = ANY ($1::uuid[]) AND id >= $2 ORDER BY id LIMIT $3`,
    [merchantIds, from, limit],
  );
  return rows.map((row) => ({ ...toReport(row), merchantId: row.merchant_id }));
}

/** The id of the newest message of all merchants, from which a stream begins; null when there is none. */
export async function findNewestNotificationId({ pool }: Database): Promise<string | null> {
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM notification ORDER BY id DESC LIMIT 1');
  return rows[0]?.id ?? null;
}

/** Marks one message as read; a later call keeps the first time. Null when the merchant has no such message. */
export async function markRead(
  db: Database,
  merchantId: string,
  id: string,
): Promise<NotificationReport | null> {
  const { rows } = await db.pool.query<NotificationRow>(
    `UPDATE notification SET read_at = coalesce(read_at, now()) WHERE merchant_id = $1 AND id = $2
     RETURNING ${columns}`,
    [merchantId, id],
  );
  return rows[0] ? toReport(rows[0]) : null;
}

/** Marks every message that the feed shows as read, or those up to and including `upTo`. Returns how many were unread. */
export async function markAllRead(db: Database, merchantId: string, upTo?: string): Promise<number> {
  const { rowCount } = await db.pool.query(
    // Locked by ascending id, so that two calls at once do not deadlock.
    `UPDATE notification SET read_at = now() WHERE id IN (
       SELECT id FROM notification
       WHERE merchant_id = $1 AND event = ANY ($3) AND read_at IS NULL AND ($2::uuid IS NULL OR id <= $2)
       ORDER BY id FOR NO KEY UPDATE)`,
    [merchantId, upTo ?? null, await shownEvents(db, merchantId)],
  );
  return rowCount ?? 0;
}

async function shownEvents(db: Database, merchantId: string): Promise<readonly NotificationEvent[]> {
  const { channels } = await readSettings(db, merchantId);
  return notificationEvents.filter((event) => channels[event].includes('in_app'));
}

function toReport(row: NotificationRow): NotificationReport {
  return {
    id: row.id,
    event: row.event,
    message: row.message,
    facts: readFacts(row.facts),
    uploadId: row.upload_id,
    createdAt: row.created_at,
    readAt: row.read_at,
  };
}
