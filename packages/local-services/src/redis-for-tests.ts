import { type LocalRedis, startRedis } from './start-redis.js';

/** A Redis that tests may use. */
export interface RedisForTests {
  readonly url: string;
  /** The server, when it is ours to kill and restart; null when `REDIS_URL` named one. */
  readonly local: LocalRedis | null;
  /** Ends it if it is ours. */
  stop(): Promise<void>;
}

/**
 * A Redis started from the machine's `redis-server`, else the one named by `REDIS_URL` (which may be somebody's, so
 * tests that flush or kill leave it alone), else null and a loud word on standard error: a test run must not be
 * green in silence when half of it did not run.
 */
export async function redisForTests(env: {
  readonly REDIS_URL?: string | undefined;
}): Promise<RedisForTests | null> {
  const local = await startRedis();
  if (local !== null) return { url: local.url, local, stop: local.stop };
  if (env.REDIS_URL !== undefined && env.REDIS_URL !== '') {
    return { url: env.REDIS_URL, local: null, stop: async () => undefined };
  }
  process.stderr.write(BANNER);
  return null;
}

const RULE = '!'.repeat(78);
const BANNER = `
${RULE}
!!  NO REDIS: the tests that need one are SKIPPED.
!!  Install redis-server (or valkey with that name), or set REDIS_URL.
${RULE}
`;
