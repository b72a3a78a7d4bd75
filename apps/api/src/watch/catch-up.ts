import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@pledgeline/db';
import { overlapBefore } from './id-time.js';
import type { Watcher } from './message-watch.js';
import type { OutageLog } from './outage-log.js';
import { readPages, readShownEvents } from './read-messages.js';

const RETRY_AFTER_MS = 1_000;

/** Someone who is behind. */
export interface LateWatcher extends Watcher {
  /** Waits until they have taken what was sent; false when they are gone. */
  ready(): Promise<boolean>;
  /** Aborted when they are gone. */
  readonly signal: AbortSignal;
}

/** Sends what there is by now, at the pace of the receiver. Goes on when a database that was away is back. */
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
    // After the last page nothing may be waited for: what comes in the meantime would be missed.
    if (isLast || !(await ready())) return;
    shown = await readShownEvents(database, merchantId);
  }
}
