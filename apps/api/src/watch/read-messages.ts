import {
  type Database,
  listNewNotifications,
  type NotificationEvent,
  type NotificationReport,
  notificationEvents,
  readSettings,
} from '@pledgeline/db';

const PAGE = 200;

/** A message, and whose it is. */
export type MerchantMessage = NotificationReport & { readonly merchantId: string };

/** Messages, oldest first. */
export interface MessagePage {
  readonly messages: readonly MerchantMessage[];
  /** Its newest; null when it is empty. */
  readonly newest: string | null;
  readonly isLast: boolean;
}

/** Everything with ids from `from` on, a page at a time; the last one of a page is the first one of the next. */
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

/** Events that the merchant wants to see in the app. */
export async function readShownEvents(
  database: Database,
  merchantId: string,
): Promise<ReadonlySet<NotificationEvent>> {
  const { channels } = await readSettings(database, merchantId);
  return new Set(notificationEvents.filter((event) => channels[event].includes('in_app')));
}
