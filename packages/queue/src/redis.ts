import { Redis, type RedisOptions } from 'ioredis';
import { EvictionPolicyError, toError } from './errors.js';
import type { Logger } from './logger.js';

/** Options of every Redis connection here: notice a dead peer, and try for ever, at most 2 s apart. */
export const redisDefaults = {
  connectTimeout: 2_000,
  keepAlive: 10_000,
  retryStrategy: (times: number): number => Math.min(50 * 2 ** Math.min(times, 10), 2_000),
} satisfies RedisOptions;

/** A client that refuses commands while Redis is away, instead of keeping them for later. */
export function createFailFastRedis(url: string, onError: (error: Error) => void): Redis {
  const redis = new Redis(url, {
    ...redisDefaults,
    retryStrategy: (times) => Math.min(50 * times, 500),
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
  });
  return redis.on('error', onError);
}

/** Resolves when Redis takes commands, at once if it does already. */
export async function whenReady(redis: Redis): Promise<void> {
  while (redis.status !== 'ready') {
    if (redis.status === 'end') throw new Error('The Redis connection is closed');
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        redis.off('ready', wake).off('end', wake);
        resolve();
      };
      redis.once('ready', wake).once('end', wake);
    });
  }
}

/** Throws `EvictionPolicyError` if this Redis may drop jobs; BullMQ itself would only print a line. */
export async function refuseEviction(redis: Redis, allowEviction: boolean, logger: Logger): Promise<void> {
  const policy = await readEvictionPolicy(redis);
  if (policy === 'noeviction') return;
  const refusal = new EvictionPolicyError(policy);
  if (!allowEviction) throw refusal;
  logger.warn({ policy }, `${refusal.message} Starting anyway, since allowEviction is set: JOBS MAY VANISH.`);
}

async function readEvictionPolicy(redis: Redis): Promise<string> {
  // Managed Redis may refuse CONFIG, or answer with an empty list; INFO knows it too.
  const answer = await redis.config('GET', 'maxmemory-policy').catch((thrown: unknown) => {
    if (toError(thrown).name === 'ReplyError') return [];
    throw thrown;
  });
  const fromConfig = Array.isArray(answer) ? answer[1] : undefined;
  if (typeof fromConfig === 'string') return fromConfig;
  const info = await redis.info('memory');
  return /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? 'unknown';
}
