import { randomUUID } from 'node:crypto';
import { redisForTests, startPostgres } from '@pledgeline/local-services';
import { Redis } from 'ioredis';
import type { QueueConnection } from '../connection.js';

/** A real server of one kind that a test may kill. */
export type TestServer = {
  /** An empty queue of its own for one test. */
  freshConnection(): Promise<QueueConnection>;
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
};

export async function startTestPostgres(): Promise<TestServer> {
  const postgres = await startPostgres({ settings: { fsync: 'off' } });
  return {
    freshConnection: async () => ({
      kind: 'postgres',
      connectionString: postgres.url(),
      schema: `queue_${randomUUID().replaceAll('-', '')}`,
    }),
    kill: postgres.kill,
    restart: postgres.restart,
    stop: postgres.stop,
  };
}

/** Null, after a printed warning, when this machine has no Redis. Never the one of `REDIS_URL`: these tests kill and flush it. */
export async function startTestRedis(): Promise<TestServer | null> {
  const redis = await redisForTests({});
  const { local } = redis ?? {};
  if (!local) return null;
  return {
    async freshConnection() {
      await onRedis(local.url, (client) => client.flushall());
      return { kind: 'redis', url: local.url };
    },
    kill: local.kill,
    restart: local.restart,
    stop: local.stop,
  };
}

export async function onRedis<T>(url: string, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url);
  try {
    return await work(client);
  } finally {
    client.disconnect();
  }
}
