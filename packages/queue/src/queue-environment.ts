import { z } from 'zod';
import type { QueueConnection } from './connection.js';

/** The variables by which a program is told where its queue is, to be put among its own. */
export const queueVariables = {
  REDIS_URL: z
    .url({ protocol: /^rediss?$/, error: 'must be redis://host:port or rediss://host:port' })
    .optional()
    .describe('Redis or Valkey for the queue; without it the queue runs on the same Postgres'),
  ALLOW_EVICTION: z
    .stringbool()
    .default(false)
    .describe(
      'Start on a Redis that may evict jobs, with a warning instead of an error; the sweep brings them back',
    ),
};

/** Where the queue is: on Redis if there is one, else on the Postgres that holds everything. */
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
