import { type LocalRedis, startRedis } from './start-redis.js';

/** A Redis that tests may use. */
export interface RedisForTests {
  readonly url: string;
  /**
   * The server, if it was started here, so that tests may kill and restart it; null if it is the one of `REDIS_URL`.
   */
  readonly local: LocalRedis | null;
  /** Ends the server if it was started here. */
  stop(): Promise<void>;
}

/**
 * Starts the `redis-server` of the machine, else uses the Redis of `REDIS_URL`. That one may belong to somebody, so
 * tests must not flush or kill it. If there is neither, gives null and prints a large warning to standard error,
 * because a test run that skips tests must not look like a complete one.
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
