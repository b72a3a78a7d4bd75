import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, readUploadStates, type UploadState } from '@pledgeline/db';
import type { OutageLog } from './outage-log.js';

const POLL_EVERY_MS = 1_000;

/** A client that follows an upload. */
export interface UploadFollower {
  readonly uploadId: string;
  /** Called once a second, whether or not something has changed; with null when the upload was deleted. */
  see(state: UploadState | null): void;
}

/** Reads the states of all followed uploads in one query a second, and only while there are any. */
export interface UploadWatch {
  /** Adds a follower. Returns a function that removes it. */
  join(follower: UploadFollower): () => void;
  /** Removes all followers, and waits for the query under way. */
  close(): Promise<void>;
}

/** Creates the watch of the process. While the database is unavailable, it tries again every second. */
export function createUploadWatch(database: Database, outage: OutageLog): UploadWatch {
  const followers = new Set<UploadFollower>();
  const closing = new AbortController();
  let asking: Promise<void> | null = null;

  async function askWhileFollowed(): Promise<void> {
    while (followers.size > 0 && !closing.signal.aborted) {
      await sleep(POLL_EVERY_MS, undefined, { signal: closing.signal }).catch(() => undefined);
      await ask().then(outage.worked, outage.failed);
    }
    asking = null;
  }

  async function ask(): Promise<void> {
    // Who joins during the query is not asked for by it.
    const asked = [...followers];
    if (asked.length === 0 || closing.signal.aborted) return;
    const ids = new Set(asked.map(({ uploadId }) => uploadId));
    const states = new Map((await readUploadStates(database, [...ids])).map((state) => [state.id, state]));
    for (const follower of asked) follower.see(states.get(follower.uploadId) ?? null);
  }

  return {
    join(follower) {
      followers.add(follower);
      asking ??= askWhileFollowed();
      return () => followers.delete(follower);
    },
    async close() {
      followers.clear();
      closing.abort();
      await asking;
    },
  };
}
