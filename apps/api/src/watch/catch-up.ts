import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@pledgeline/db';
import { overlapBefore } from './id-time.js';
import type { Watcher } from './message-watch.js';
import type { OutageLog } from './outage-log.js';
import { readPages, readShownEvents } from './read-messages.js';

const RETRY_AFTER_MS = 1_000;

/** A watcher that has to be sent older messages first. */
export interface LateWatcher extends Watcher {
  /** Waits until the client has read what was sent. Returns false when it is gone. */
  ready(): Promise<boolean>;
  /** Aborted when the client is gone. */
  readonly signal: AbortSignal;
}

/** Sends the messages until now, at the pace of the client. Continues when a database that was unavailable is back. */
export async function catchUp(database: Database, watcher: LateWatcher, outage: OutageLog): Promise<void> {
  const { signal } = watcher;
  while (!signal.aborted) {
    try {
      await sendBacklog(database, watcher);
      outage.worked();
      return;
    } catch (err) {
      if (!signal.aborted) outage.failed(err);
      await sleep(RETRY_AFTER_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function sendBacklog(
  database: Database,
  { merchantId, inbox, send, ready }: LateWatcher,
): Promise<void> {
  let shown = await readShownEvents(database, merchantId);
  for await (const { messages, newest, isLast } of readPages(database, [merchantId], inbox.from())) {
    const fresh = inbox.take(messages, shown);
    if (fresh.length > 0) send(fresh);
    if (newest !== null) inbox.settle(overlapBefore(newest));
    // No waiting after the last page: messages that come in the meantime would be missed.
    if (isLast || !(await ready())) return;
    shown = await readShownEvents(database, merchantId);
  }
}
