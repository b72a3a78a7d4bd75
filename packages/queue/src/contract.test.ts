import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { QueueConnection } from './connection.js';
import { type Consumer, type ConsumerOptions, createConsumer } from './consumer.js';
import { QueueUnavailableError } from './errors.js';
import type { JobContext, JobHandlers, JobName } from './jobs.js';
import type { Logger } from './logger.js';
import { type BullQueue, openQueues } from './open-queues.js';
import { createProducer, type Producer } from './producer.js';
import { runEndlessWorker } from './testing/run-endless-worker.js';
import { startTestPostgres, startTestRedis, type TestServer } from './testing/test-servers.js';

const [redis, postgres] = await Promise.all([startTestRedis(), startTestPostgres()]);

afterAll(async () => {
  await Promise.all([redis?.stop(), postgres.stop()]);
});

type Started = { readonly name: JobName; readonly chunkId: string; readonly context: JobContext };

/** Longer than a busy machine takes. A test of a timeout passes a shorter one itself. */
const PATIENCE_MS = 60_000;
/** Settings of a worker whose job is given to another soon after it was killed. */
const shortLock = { lockDurationMs: 1_000, stalledIntervalMs: 500 };
const logged: { level: string; message: string; details: object }[] = [];
const logger: Logger = {
  info: (details, message) => logged.push({ level: 'info', message, details }),
  warn: (details, message) => logged.push({ level: 'warn', message, details }),
  error: (details, message) => logged.push({ level: 'error', message, details }),
};
const delivery = (turn = 1) => ({ deliveryId: randomUUID(), turn });
const chunk = (attempt = 1) => ({ uploadId: randomUUID(), chunkId: randomUUID(), attempt });
/** A promise that the test resolves. */
function gate(): { readonly promise: Promise<void>; resolve(): void } {
  let open = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { promise, resolve: () => open() };
}
const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 120_000, interval: 25 });

describe.each<{ kind: string; server: TestServer | null }>([
  { kind: 'redis', server: redis },
  { kind: 'postgres', server: postgres },
])('the queue on $kind', ({ server }) => {
  let connection: QueueConnection;
  let starts: Started[];
  const open: { close(graceMs: number): Promise<void> }[] = [];

  beforeEach(async (context) => {
    if (!server) return context.skip('no Redis on this machine');
    connection = await server.freshConnection();
    starts = [];
    logged.length = 0;
  });

  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close(0)));
  });

  function producer(timeoutMs = PATIENCE_MS): Producer {
    const made = createProducer(connection, { logger, timeoutMs });
    open.push(made);
    return made;
  }

  /** A consumer that records every start in `starts` and then runs `work`. */
  function consumer(
    work: (started: Started) => Promise<void> = () => Promise.resolve(),
    options: Partial<ConsumerOptions> = {},
  ): Consumer {
    const record = (started: Started): Promise<void> => {
      starts.push(started);
      return work(started);
    };
    const handlers: JobHandlers = {
      'process-chunk': ({ chunkId }, context) => record({ name: 'process-chunk', chunkId, context }),
      'work-on-draft': ({ draftId }, context) => record({ name: 'work-on-draft', chunkId: draftId, context }),
      'deliver-notification': ({ deliveryId }, context) =>
        record({ name: 'deliver-notification', chunkId: deliveryId, context }),
      sweep: (_payload, context) => record({ name: 'sweep', chunkId: '', context }),
    };
    const made = createConsumer(connection, handlers, {
      concurrency: 4,
      logger,
      stalledIntervalMs: 500,
      ...options,
    });
    open.push(made);
    return made;
  }

  async function onQueue<T>(name: JobName, work: (queue: BullQueue) => Promise<T>): Promise<T> {
    const queues = await openQueues(connection, logger, PATIENCE_MS, new AbortController().signal);
    try {
      return await work(await queues.queue(name));
    } finally {
      await queues.close();
    }
  }

  const jobsLeft = (name: JobName): Promise<number> =>
    onQueue(name, (queue) => queue.getJobCountByTypes('waiting', 'active', 'delayed', 'failed', 'completed'));

  it('delivers each job once', async () => {
    const chunks = Array.from({ length: 1_500 }, () => chunk());
    consumer();
    consumer();
    await producer().enqueueChunks(chunks);

    await until(() => expect(starts.length).toBeGreaterThanOrEqual(chunks.length));
    await until(async () => expect(await jobsLeft('process-chunk')).toBe(0));
    expect(starts).toHaveLength(chunks.length);
    expect(new Set(starts.map((start) => start.chunkId))).toEqual(new Set(chunks.map((one) => one.chunkId)));
    expect(starts.every(({ context }) => context.attempt === 1)).toBe(true);
  });

  it('adds no second job with the same id while the first exists, and adds it again afterwards', async () => {
    const one = chunk();
    const jobs = producer();
    await jobs.enqueueChunks([one, one]);
    await Promise.all([jobs.enqueueChunks([one]), producer().enqueueChunks([one])]);
    expect(await jobsLeft('process-chunk')).toBe(1);

    const release = gate();
    const taking = consumer(() => release.promise);
    await until(() => expect(starts).toHaveLength(1));
    await jobs.enqueueChunks([one]);
    expect(await jobsLeft('process-chunk')).toBe(1);
    release.resolve();
    await until(async () => expect(await jobsLeft('process-chunk')).toBe(0));
    expect(taking.running).toBe(0);
    expect(starts).toHaveLength(1);

    await jobs.enqueueChunks([one]);
    await until(() => expect(starts).toHaveLength(2));
  });

  it('tries a job again after a while when its handler throws', async () => {
    const times: number[] = [];
    consumer(async () => {
      times.push(Date.now());
      if (times.length < 3) throw new Error('fails twice');
    });
    await producer().enqueueChunks([chunk()]);

    await until(() => expect(times).toHaveLength(3));
    const [first = 0, second = 0, third = 0] = times;
    // 500 and 1,000 ms, less up to half of it by jitter.
    expect(second - first).toBeGreaterThanOrEqual(240);
    expect(third - second).toBeGreaterThanOrEqual(490);
    expect(starts.map(({ context }) => context.attempt)).toEqual([1, 2, 3]);
    await until(async () => expect(await jobsLeft('process-chunk')).toBe(0));
    expect(logged.filter(({ message }) => message === 'A job failed')).toHaveLength(2);
  });

  it('forgets a job that used up its tries, so that it can be added again', async () => {
    const one = chunk();
    consumer(() => Promise.reject(new Error('always fails')));
    const jobs = producer();
    await onQueue('process-chunk', (queue) =>
      queue.add(
        'process-chunk',
        { version: 1, uploadId: one.uploadId, chunkId: one.chunkId },
        { jobId: `chunk-${one.chunkId}-1`, removeOnFail: true },
      ),
    );
    await until(() => expect(starts).toHaveLength(1));
    await until(async () => expect(await jobsLeft('process-chunk')).toBe(0));
    await jobs.enqueueChunks([one]);
    // It throws again, and is tried again.
    await until(() => expect(starts.length).toBeGreaterThanOrEqual(2));
  });

  it.each([
    ['a payload without ids', 'process-chunk', { version: 1 }],
    ['a payload of a newer version', 'process-chunk', { ...chunk(), version: 2 }],
    ['a job of an unknown kind', 'paint-the-shed', { version: 1 }],
  ])('does not retry %s', async (_what, jobName, data) => {
    consumer();
    await onQueue('process-chunk', (queue) =>
      queue.add(jobName, data, { attempts: 5, backoff: 50, removeOnFail: true }),
    );
    await until(() => expect(logged.filter(({ level }) => level === 'error')).toHaveLength(1));
    await until(async () => expect(await jobsLeft('process-chunk')).toBe(0));
    expect(logged.filter(({ level }) => level === 'error')).toHaveLength(1);
    expect(starts).toEqual([]);
  });

  it('sweeps once per interval, however many processes ask for it and how often', async () => {
    const processes = [producer(), producer(), producer()];
    const everyMs = 400;
    const ask = () => Promise.all(processes.map((one) => one.scheduleSweep({ everyMs })));
    await ask();
    await ask();
    expect(await onQueue('sweep', (queue) => queue.getJobSchedulersCount())).toBe(1);
    expect(await jobsLeft('sweep')).toBe(1);

    const begun = Date.now();
    consumer();
    await until(() => expect(starts.length).toBeGreaterThanOrEqual(5));
    const intervals = (Date.now() - begun) / everyMs;
    expect(starts.every(({ name }) => name === 'sweep')).toBe(true);
    expect(starts.length).toBeLessThanOrEqual(Math.ceil(intervals) + 1);
  });

  it('does not let a sweep wait behind chunks', async () => {
    const jobs = producer();
    await jobs.enqueueChunks(Array.from({ length: 500 }, () => chunk()));
    const release = gate();
    consumer(({ name }) => (name === 'sweep' ? Promise.resolve() : release.promise), { concurrency: 1 });
    await until(() => expect(starts).toHaveLength(1));
    await jobs.scheduleSweep({ everyMs: 60_000 });
    await until(() => expect(starts.at(-1)?.name).toBe('sweep'));
    release.resolve();
  });

  it('does not let a delivery wait behind chunks, nor a chunk behind deliveries', async () => {
    const jobs = producer();
    await jobs.enqueueChunks([chunk(), chunk()]);
    await jobs.enqueueDeliveries([delivery(), delivery(), delivery()]);
    const release = gate();
    consumer(() => release.promise, { concurrency: 1, deliveries: 2 });
    const started = (name: JobName) => starts.filter((start) => start.name === name).length;
    await until(() => expect([started('process-chunk'), started('deliver-notification')]).toEqual([1, 2]));
    release.resolve();
    await until(() => expect(starts).toHaveLength(5));
  });

  it('delays a delivery until it is due, and adds the job of a turn once', async () => {
    const jobs = producer();
    const one = delivery();
    const begun = Date.now();
    await jobs.enqueueDeliveries([{ ...one, delayMs: 700 }]);
    await jobs.enqueueDeliveries([one, { ...one, delayMs: 10_000 }]);
    expect(await jobsLeft('deliver-notification')).toBe(1);
    consumer();
    await until(() => expect(starts).toHaveLength(1));
    expect(Date.now() - begun).toBeGreaterThanOrEqual(690);
    await jobs.enqueueDeliveries([{ ...one, turn: one.turn + 1 }]);
    await until(() => expect(starts).toHaveLength(2));
    await until(async () => expect(await jobsLeft('deliver-notification')).toBe(0));
  });

  it('waits for the running job when the consumer is closed', async () => {
    const release = gate();
    let done = false;
    const taking = consumer(
      async () => {
        await release.promise;
        done = true;
      },
      { concurrency: 1, closeStepMs: PATIENCE_MS },
    );
    await producer().enqueueChunks([chunk(), chunk()]);
    await until(() => expect(taking.running).toBe(1));
    const closed = taking.close(PATIENCE_MS).then(() => done);
    release.resolve();
    expect(await closed).toBe(true);
    expect(starts[0]?.context.signal.aborted).toBe(false);
    // The one that finished is gone, the other is left for the next worker.
    expect(await jobsLeft('process-chunk')).toBe(1);
  });

  it('aborts the running job when the grace period is over, and gives it back without using up a try', async () => {
    const taking = consumer(
      ({ context: { signal } }) => once(signal, 'abort').then(() => signal.throwIfAborted()),
      { closeStepMs: PATIENCE_MS },
    );
    await producer().enqueueChunks([chunk()]);
    await until(() => expect(taking.running).toBe(1));
    await taking.close(50);
    expect(starts[0]?.context.signal.reason).toMatchObject({ code: 'job_aborted', reason: 'closing' });
    expect(await onQueue('process-chunk', (queue) => queue.getWaitingCount())).toBe(1);

    consumer();
    await until(() => expect(starts).toHaveLength(2));
  });

  it('returns from close() though a handler ignores its signal', async () => {
    const taking = consumer(() => new Promise(() => undefined));
    await producer().enqueueChunks([chunk()]);
    await until(() => expect(taking.running).toBe(1));
    await taking.close(50);
  });

  it('gives the job of a killed process to another worker, any number of times', async () => {
    const one = chunk();
    await producer().enqueueChunks([one]);
    for (const _kill of [1, 2, 3]) {
      const child = await runEndlessWorker({ connection, ...shortLock });
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    consumer();
    await until(() => expect(starts).toMatchObject([{ chunkId: one.chunkId, context: { attempt: 4 } }]));
    await until(async () => expect(await jobsLeft('process-chunk')).toBe(0));
  });

  it('goes on by itself when the server restarts under a waiting worker', async () => {
    const taking = consumer();
    await taking.ready();
    const jobs = producer();
    await jobs.enqueueChunks([chunk()]);
    await until(() => expect(starts).toHaveLength(1));
    const killed = Date.now();
    await server?.kill();
    await server?.restart();
    const restarted = Date.now();
    await until(() => jobs.enqueueChunks([chunk()]));
    await until(() => expect(starts.length).toBeGreaterThanOrEqual(2));
    // Every kind of worker has had an answer since.
    await until(() => expect(taking.isHealthy(Date.now() - restarted)).toBe(true));
    // The log is not flooded: a line per distinct error in ten seconds, not one per attempt.
    expect(logged.length).toBeLessThan(30 * Math.ceil((Date.now() - killed) / 10_000));
  });

  it('aborts a job whose lock is lost', async () => {
    const taking = consumer(
      ({ context: { signal } }) => once(signal, 'abort').then(() => undefined),
      shortLock,
    );
    await producer().enqueueChunks([chunk()]);
    await until(() => expect(taking.running).toBe(1));
    // What a flushed server does to every job.
    await onQueue('process-chunk', (queue) => queue.obliterate({ force: true }));
    await until(() =>
      expect(starts[0]?.context.signal.reason).toMatchObject({ code: 'job_aborted', reason: 'lock_lost' }),
    );
    await until(() => expect(taking.running).toBe(0));
  });

  it('renews the sweep schedule after the server lost it', async () => {
    await producer().scheduleSweep({ everyMs: 300 });
    await onQueue('sweep', (queue) => queue.obliterate({ force: true }));
    consumer();
    await until(() => expect(starts.length).toBeGreaterThanOrEqual(2));
  });

  it('lets others schedule the sweep after producers were closed while they renewed it', async () => {
    for (let round = 0; round < 12; round += 1) {
      const closing = producer();
      // A renewal every few milliseconds: one of them is always under way.
      await closing.scheduleSweep({ everyMs: 5 });
      await onQueue('sweep', (queue) => queue.getJobSchedulersCount());
      await closing.close();
    }
    await expect(producer().scheduleSweep({ everyMs: 60_000 })).resolves.toBeUndefined();
  });

  it('starts many processes at once on an empty server', async () => {
    const producers = Array.from({ length: 8 }, producer);
    const consumers = Array.from({ length: 4 }, () => consumer());
    await Promise.all(consumers.map((one) => one.ready()));
    await until(async () =>
      expect(await Promise.all(producers.map((one) => one.isReady()))).not.toContain(false),
    );
    await Promise.all(producers.map((one) => one.enqueueChunks([chunk()])));
    await until(() => expect(starts).toHaveLength(8));
  });

  describe('while the server is down', () => {
    beforeEach(async () => {
      await server?.kill();
    });
    afterEach(async () => {
      await server?.restart();
    });

    it('a producer rejects with QueueUnavailableError, and works again afterwards', async () => {
      const jobs = producer(2_000);
      for (let call = 0; call < 3; call += 1) {
        const refusal = await jobs.enqueueChunks([chunk()]).catch((error: unknown) => error);
        expect(refusal).toBeInstanceOf(QueueUnavailableError);
        expect(refusal).toMatchObject({ code: 'queue_unavailable', cause: expect.any(Error) });
      }
      expect(await jobs.isReady()).toBe(false);

      await server?.restart();
      await until(async () => expect(await jobs.isReady()).toBe(true));
      consumer();
      const one = chunk();
      await until(() => jobs.enqueueChunks([one]));
      await until(() => expect(starts.length).toBeGreaterThanOrEqual(1));

      await server?.kill();
      await expect(jobs.enqueueChunks([chunk()])).rejects.toBeInstanceOf(QueueUnavailableError);
      await server?.restart();
      await until(() => jobs.enqueueChunks([chunk()]));
      await until(() => expect(starts.length).toBeGreaterThanOrEqual(2));
    });

    it('a consumer waits for it, and starts when it comes', async () => {
      const taking = consumer();
      await until(() => expect(taking.isHealthy(100)).toBe(false));
      await server?.restart();
      await taking.ready();
      await producer().enqueueChunks([chunk()]);
      await until(() => expect(starts).toHaveLength(1));
    });

    it('producer and consumer close without an error', async () => {
      const taking = consumer();
      await Promise.all([taking.close(0), producer(2_000).close()]);
      await expect(taking.ready()).rejects.toBeInstanceOf(QueueUnavailableError);
    });
  });
});
