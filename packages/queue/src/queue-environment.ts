import { z } from 'zod';
import type { QueueConnection } from './connection.js';

/** The environment variables that say where the queue is; a program adds them to its own. */
export const queueVariables = {
  REDIS_URL: z
    .url({ protocol: /^rediss?$/, error: 'must be redis://host:port or rediss://host:port' })
    .optional()
    .describe('Redis or Valkey for the queue; without it the queue runs on the same Postgres'),
  ALLOW_EVICTION: z
    .stringbool()
    .default(false)
    .describe(
      'Start on a Redis that may evict jobs, with a warning instead of an error; the sweep adds lost jobs again',
    ),
};

/** The connection of the queue: Redis if `REDIS_URL` is set, else the program's own Postgres. */
export function queueConnection(environment: {
  readonly DATABASE_URL: string;
  readonly REDIS_URL?: string | undefined;
  readonly ALLOW_EVICTION: boolean;
}): QueueConnection {
  const { DATABASE_URL, REDIS_URL, ALLOW_EVICTION } = environment;
  return REDIS_URL === undefined
    ? { kind: 'postgres', connectionString: DATABASE_URL }
    : { kind: 'redis', url: REDIS_URL, allowEviction: ALLOW_EVICTION };
}
