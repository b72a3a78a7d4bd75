import { type Database, recordKeyUse } from '@pledgeline/db';
import type { FastifyInstance } from 'fastify';

const MINUTE_MS = 60_000;
/** So that the memory of what was recorded does not grow for ever. */
const MAX_REMEMBERED = 10_000;

/**
 * Records when keys were used last: at most once a minute for each, after the answer, so that no request waits for it. A
 * write that fails is logged and nothing else.
 *
 * @returns a function to call for each request whose key should be recorded again
 */
export function recordUses(app: FastifyInstance, database: Database): (keyId: string) => void {
  /** When this process tried last, so that a write that fails or lasts is not repeated by every request. */
  const triedAt = new Map<string, number>();
  const writes = new Set<Promise<void>>();

  // The connections are closed after the app.
  app.addHook('onClose', async () => void (await Promise.all(writes)));

  return (keyId) => {
    const now = performance.now();
    if (now - (triedAt.get(keyId) ?? Number.NEGATIVE_INFINITY) < MINUTE_MS) return;
    if (triedAt.size >= MAX_REMEMBERED) triedAt.clear();
    triedAt.set(keyId, now);
    const write = recordKeyUse(database, keyId)
      .catch((error: unknown) =>
        app.log.warn({ err: error, keyId }, 'The last use of a key was not recorded'),
      )
      .finally(() => writes.delete(write));
    writes.add(write);
  };
}
