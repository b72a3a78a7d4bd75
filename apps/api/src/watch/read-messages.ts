import {
  type Database,
  listNewNotifications,
  type NotificationEvent,
  type NotificationReport,
  notificationEvents,
  readSettings,
} from '@pledgeline/db';

const PAGE = 200;

/** A message and its merchant. */
export type MerchantMessage = NotificationReport & { readonly merchantId: string };

/** Messages, oldest first. */
export interface MessagePage {
  readonly messages: readonly MerchantMessage[];
  /** The id of the newest message; null when the page is empty. */
  readonly newest: string | null;
  readonly isLast: boolean;
}

/** Reads all messages from the id `from` on, page by page. The last message of a page is the first of the next one. */
export async function* readPages(
  database: Database,
  merchantIds: readonly string[],
  from: string,
): AsyncGenerator<MessagePage> {
  for (let next = from; ; ) {
    const messages = await listNewNotifications(database, merchantIds, { from: next, limit: PAGE });
    const newest = messages.at(-1)?.id ?? null;
    const isLast = newest === null || messages.length < PAGE;
    yield { messages, newest, isLast };
    if (isLast) return;
    next = newest;
  }
}

/** The events with the channel `in_app` in the merchant's settings. */
export async function readShownEvents(
  database: Database,
  merchantId: string,
): Promise<ReadonlySet<NotificationEvent>> {
  const { channels } = await readSettings(database, merchantId);
  return new Set(notificationEvents.filter((event) => channels[event].includes('in_app')));
}
