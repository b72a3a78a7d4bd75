import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, findNewestNotificationId, type NotificationReport } from '@pledgeline/db';
import { firstId, laterOf, overlapBefore } from './id-time.js';
import type { Inbox } from './inbox.js';
import type { OutageLog } from './outage-log.js';
import { type MerchantMessage, readPages, readShownEvents } from './read-messages.js';

const POLL_EVERY_MS = 1_000;

/** A client that gets a merchant's messages as they come. */
export interface Watcher {
  readonly merchantId: string;
  /** What the client has received so far. */
  readonly inbox: Inbox;
  send(messages: readonly NotificationReport[]): void;
}

/** Reads new messages once a second for all watchers together, and only while there are any. */
export interface MessageWatch {
  /** Adds a watcher. Returns a function that removes it. */
  join(watcher: Watcher): () => void;
  /** Removes all watchers, and waits for the query under way. */
  close(): Promise<void>;
}

/** Creates the watch of the process. While the database is unavailable, it tries again every second. */
export function createMessageWatch(database: Database, outage: OutageLog): MessageWatch {
  const watchers = new Set<Watcher>();
  const closing = new AbortController();
  let from = firstId;
  let asking: Promise<void> | null = null;

  async function askWhileWatched(): Promise<void> {
    while (watchers.size > 0 && !closing.signal.aborted) {
      await sleep(POLL_EVERY_MS, undefined, { signal: closing.signal }).catch(() => undefined);
      await ask().then(outage.worked, outage.failed);
    }
    asking = null;
  }

  async function ask(): Promise<void> {
    const merchantIds = new Set([...watchers].map(({ merchantId }) => merchantId));
    if (merchantIds.size === 0 || closing.signal.aborted) return;
    // Read before the messages, so that none up to this id is missed.
    const newest = await findNewestNotificationId(database);
    for await (const { messages } of readPages(database, [...merchantIds], from)) await handOut(messages);
    if (newest !== null) from = laterOf(from, overlapBefore(newest));
    for (const { inbox } of watchers) inbox.settle(from);
  }

  async function handOut(page: readonly MerchantMessage[]): Promise<void> {
    for (const merchantId of new Set(page.map((message) => message.merchantId))) {
      const messages = page.filter((message) => message.merchantId === merchantId);
      const isFresh = ({ inbox }: Watcher) => messages.some(({ id }) => inbox.lacks(id));
      if (!watchersOf(merchantId).some(isFresh)) continue;
      const shown = await readShownEvents(database, merchantId);
      for (const { inbox, send } of watchersOf(merchantId)) {
        const fresh = inbox.take(messages, shown);
        if (fresh.length > 0) send(fresh);
      }
    }
  }

  function watchersOf(merchantId: string): readonly Watcher[] {
    return [...watchers].filter((watcher) => watcher.merchantId === merchantId);
  }

  return {
    join(watcher) {
      // Only the first watcher sets the start. A later one must not, because the others may lack older messages.
      if (watchers.size === 0) from = watcher.inbox.from();
      watchers.add(watcher);
      asking ??= askWhileWatched();
      return () => watchers.delete(watcher);
    },
    async close() {
      watchers.clear();
      closing.abort();
      await asking;
    },
  };
}
