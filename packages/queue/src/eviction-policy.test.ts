import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { createConsumer } from './consumer.js';
import { EvictionPolicyError } from './errors.js';
import { createProducer } from './producer.js';
import { onRedis, startTestRedis } from './testing/test-servers.js';

const server = await startTestRedis();
const connection = await server?.freshConnection();
const url = connection?.kind === 'redis' ? connection.url : '';
/** Longer than a busy machine takes: these tests check the answer, not the time. */
const PATIENCE_MS = 60_000;
const handlers = {
  'process-chunk': () => Promise.resolve(),
  'work-on-draft': () => Promise.resolve(),
  'deliver-notification': () => Promise.resolve(),
  sweep: () => Promise.resolve(),
};
const open: { close(graceMs: number): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close(0)));
});
afterAll(() => server?.stop());

async function setup(policy: string, options: { allowEviction?: boolean } = {}) {
  await onRedis(url, (client) => client.config('SET', 'maxmemory-policy', policy));
  const logger = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const producer = createProducer({ kind: 'redis', url, ...options }, { logger, timeoutMs: PATIENCE_MS });
  const consumer = createConsumer({ kind: 'redis', url, ...options }, handlers, { concurrency: 1, logger });
  open.push(producer, consumer);
  return { producer, consumer, logger };
}

it.skipIf(!server)(
  'producer and consumer refuse a Redis that may evict jobs, and say what to set',
  async () => {
    const { producer, consumer } = await setup('allkeys-lru');
    const refusal = await consumer.ready().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(EvictionPolicyError);
    expect(refusal).toMatchObject({ code: 'eviction_policy', policy: 'allkeys-lru' });
    expect(String(refusal)).toContain('noeviction');
    await expect(producer.ping()).rejects.toBeInstanceOf(EvictionPolicyError);
    await expect(
      producer.enqueueChunks([{ uploadId: 'u', chunkId: 'c', attempt: 1 }]),
    ).rejects.toBeInstanceOf(EvictionPolicyError);
    expect(await producer.isReady()).toBe(false);
  },
);

it.skipIf(!server)('producer and consumer go on with a warning when eviction is allowed', async () => {
  const { producer, consumer, logger } = await setup('volatile-lru', { allowEviction: true });
  await consumer.ready();
  await producer.ping();
  expect(logger.warn).toHaveBeenCalledWith({ policy: 'volatile-lru' }, expect.stringContaining('MAY VANISH'));
});

it.skipIf(!server)('the eviction policy is read from INFO where CONFIG is refused', async () => {
  await onRedis(url, async (client) => {
    await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await client.call('ACL', 'SETUSER', 'guest', 'on', '>guest', '~*', '&*', '+@all', '-config');
  });
  const guest = url.replace('redis://', 'redis://guest:guest@');
  const logger = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const producer = createProducer({ kind: 'redis', url: guest }, { logger, timeoutMs: PATIENCE_MS });
  open.push(producer);
  await expect(producer.ping()).rejects.toMatchObject({ policy: 'allkeys-lru' });
});
