import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, renewFileLease, returnFileLease, takeFileLease } from '@pledgeline/db';
import type { FastifyBaseLogger } from 'fastify';
import { Problem } from '../problem.js';

/** How long a request waits for another one, which is asked to stop, or whose process is dead. */
const PATIENCE_MS = 15_000;
const ASK_EVERY_MS = 200;
const RENEW_EVERY_MS = 1_000;

/** What has the lease of a file. */
export interface HeldFile {
  release(): Promise<void>;
}

/**
 * Takes the lease of a file, which one request has over all processes: it is a row in Postgres.
 *
 * @param onWanted called when another request waits for it, so that a client that connects again does not wait for the
 *   request that it has given up
 * @throws Problem `resumable_file_busy`
 */
export async function holdFile(
  database: Database,
  id: string,
  logger: FastifyBaseLogger,
  onWanted: () => void = () => undefined,
): Promise<HeldFile> {
  const token = randomUUID();
  const begun = performance.now();
  while (!(await takeFileLease(database, id, token))) {
    if (performance.now() - begun > PATIENCE_MS) {
      throw new Problem(
        'resumable_file_busy',
        'Another request works on the file, and does not end. Ask again with HEAD in a few seconds.',
        { headers: { 'retry-after': '5' } },
      );
    }
    await sleep(ASK_EVERY_MS);
  }
  const renewing = setInterval(() => {
    renewFileLease(database, id, token).then(
      (isWanted) => {
        if (isWanted) onWanted();
      },
      (err: unknown) => logger.warn({ err, file: id }, 'The lease of a file could not be renewed'),
    );
  }, RENEW_EVERY_MS);
  return {
    async release() {
      clearInterval(renewing);
      await returnFileLease(database, id, token);
    },
  };
}
