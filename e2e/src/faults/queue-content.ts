import type { LocalRedis } from '@pledgeline/local-services';
import { Redis } from 'ioredis';
import type { FaultySystem } from './faulty-system.js';

/** Removes everything from Redis, without notice to its clients. */
export async function flushRedis(redis: LocalRedis): Promise<void> {
  await withRedis(redis, (client) => client.flushall());
}

/** Changes the version of a chunk's waiting job, as if a program of another release had added it. */
export async function changeJobVersion(
  { db, queue }: FaultySystem,
  chunk: { readonly id: string; readonly uploadId: string },
  version: number,
): Promise<void> {
  const jobId = `chunk-${chunk.id}-0`;
  const data = JSON.stringify({ version, uploadId: chunk.uploadId, chunkId: chunk.id });
  const changed =
    queue.redis === null
      ? await db.pool
          .query("UPDATE bullmq.job SET data = $2 WHERE id = $1 AND state = 'waiting'", [jobId, data])
          .then(({ rowCount }) => rowCount === 1)
      : // HSET returns the number of new fields; a changed one counts 0.
        await withRedis(
          queue.redis,
          async (client) => (await client.hset(`bull:pledgeline-process-chunk:${jobId}`, 'data', data)) === 0,
        );
  if (!changed) throw new Error(`No job ${jobId} waits`);
}

async function withRedis<T>({ url }: LocalRedis, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url);
  try {
    return await work(client);
  } finally {
    client.disconnect();
  }
}
