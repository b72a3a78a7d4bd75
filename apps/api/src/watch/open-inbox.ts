import { type Database, findNewestNotificationId } from '@pledgeline/db';
import { earlierOf, firstId, overlapBefore } from './id-time.js';
import { createInbox, type Inbox } from './inbox.js';
import { readPages } from './read-messages.js';

/** For who wants what comes from now on. */
export async function openInboxFromNow(database: Database, merchantId: string): Promise<Inbox> {
  const newest = await findNewestNotificationId(database);
  const inbox = createInbox(newest === null ? firstId : overlapBefore(newest));
  for await (const { messages } of readPages(database, [merchantId], inbox.from())) {
    inbox.take(messages, new Set());
  }
  return inbox;
}

/** For who has had everything up to that message. */
export async function openInboxAfter(database: Database, lastId: string): Promise<Inbox> {
  const newest = await findNewestNotificationId(database);
  // Anybody can write an id of the future; it must not make us skip what comes until then.
  const start = newest === null ? firstId : overlapBefore(earlierOf(lastId, newest));
  return createInbox(start, [lastId]);
}
