import { type Database, findNewestNotificationId } from '@pledgeline/db';
import { earlierOf, firstId, overlapBefore } from './id-time.js';
import { createInbox, type Inbox } from './inbox.js';
import { readPages } from './read-messages.js';

/** Opens the inbox of a client that wants only new messages. */
export async function openInboxFromNow(database: Database, merchantId: string): Promise<Inbox> {
  const newest = await findNewestNotificationId(database);
  const inbox = createInbox(newest === null ? firstId : overlapBefore(newest));
  for await (const { messages } of readPages(database, [merchantId], inbox.from())) {
    inbox.take(messages, new Set());
  }
  return inbox;
}

/** Opens the inbox of a client that has received everything up to a message. */
export async function openInboxAfter(database: Database, lastId: string): Promise<Inbox> {
  const newest = await findNewestNotificationId(database);
  // A client may send an id from the future; messages before it must not be skipped.
  const start = newest === null ? firstId : overlapBefore(earlierOf(lastId, newest));
  return createInbox(start, [lastId]);
}
