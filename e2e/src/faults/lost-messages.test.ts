import { createEndpoint, listDeliveries, webhookEvents } from '@pledgeline/db';
import { createWebhookSecret } from '@pledgeline/delivery';
import { type Receiver, startReceiver } from '@pledgeline/delivery/testing';
import { createProducer } from '@pledgeline/queue';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { sampleFile } from '../sample-file.js';
import { until } from '../until.js';
import { bounds, patience } from './bounds.js';
import { type FaultySystem, openFaultySystem, pausedAt, resume } from './faulty-system.js';
import { startMachine } from './machine.js';
import { flushRedis } from './queue-content.js';
import { completed, expectAccountedFor, notificationEvents } from './undisturbed-run.js';
import { wrongClock } from './wrong-clock.js';

const machine = await startMachine();
afterAll(() => machine.stop());

const { csv } = sampleFile(60);
/** The second attempt comes 5 s after the first one, and up to a tenth later. */
const untilDue = 5_500;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe.each(machine.queues)('Deliveries of notifications with the queue on $name', (queue) => {
  let system: FaultySystem;
  let receiver: Receiver;
  let endpoint: { readonly id: string; readonly secret: string };
  beforeEach(async () => {
    system = await openFaultySystem(machine, queue);
    receiver = await startReceiver();
    const secret = createWebhookSecret();
    const made = await createEndpoint(system.db, system.merchantId, {
      url: receiver.url,
      description: '',
      events: webhookEvents,
      secret,
    });
    if (made === null) throw new Error('No endpoint was made');
    endpoint = { id: made.id, secret };
    return async () => {
      await system.close();
      await receiver.close();
    };
  });

  const log = async () =>
    (await listDeliveries(system.db, system.merchantId, endpoint.id, { limit: 10 })).deliveries;

  /** Expects one notification to be delivered within the bound from now on. It may arrive more than once. */
  async function expectNotified(
    uploadId: string,
    boundMs: number,
    event = 'upload.completed',
  ): Promise<void> {
    const over = performance.now();
    await until(async () => expect(await log()).toMatchObject([{ status: 'DELIVERED', event }]), boundMs);
    expect(performance.now() - over).toBeLessThan(boundMs);
    expect(await notificationEvents(system, uploadId)).toEqual([event]);
    const [delivery] = await log();
    expect(delivery).toMatchObject({ uploadId });
    expect(new Set(receiver.received.map(({ id }) => id))).toEqual(new Set([delivery?.id]));
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    for (const webhook of receiver.received) receiver.verify(webhook, endpoint.secret);
  }

  it.each([
    {
      where: 'with the upload settled, before its notification is routed',
      fault: 'chunk.committed=kill',
      bound: bounds.unrouted,
      arrivals: 1,
    },
    {
      where: 'with the deliveries made, before their jobs are added',
      fault: 'delivery.routed=kill',
      bound: bounds.unqueued,
      arrivals: 1,
    },
    {
      where: 'before the request to the receiver',
      fault: 'delivery.claimed=kill',
      bound: bounds.undelivered,
      arrivals: 1,
    },
    {
      where: 'after the receiver has answered',
      fault: 'delivery.answered=kill',
      bound: bounds.undelivered,
      arrivals: 2,
    },
  ])('reach the merchant although the worker is killed $where', async ({ fault, bound, arrivals }) => {
    const [api, doomed] = await Promise.all([system.startApi(), system.startWorker({ FAULTS: fault })]);
    const id = await api.send(csv);
    expect(await doomed.exited).toBeNull();
    await completed(system, id, bounds.none);
    await system.startWorker();
    await expectNotified(id, bound);
    expect(receiver.received).toHaveLength(arrivals);
    await expectAccountedFor(system, id);
  });

  it('report an upload whose file stopped arriving because the API was killed', async () => {
    const [doomed] = await Promise.all([
      system.startApi({ FAULTS: 'upload.receiving=kill' }),
      system.startWorker(),
    ]);
    await expect(doomed.send(sampleFile(3_000).csv)).rejects.toThrow();
    expect(await doomed.exited).toBeNull();
    await expectNotified(await system.soleUploadId(), bounds.unsealed, 'upload.failed');
    expect(receiver.received).toHaveLength(1);
  });

  it('report an upload with unknown columns', async () => {
    const [api] = await Promise.all([system.startApi(), system.startWorker()]);
    const id = await api.send('Alpha,Beta\n1,2\n');
    await expectNotified(id, bounds.unrouted, 'upload.needs_mapping');
  });

  it('do not count the result of a worker that was frozen while another one delivered', async () => {
    const [api, frozen] = await Promise.all([
      system.startApi(),
      system.startWorker({ FAULTS: 'delivery.answered=pause' }),
    ]);
    const id = await api.send(csv);
    await pausedAt(frozen, 'delivery.answered');
    process.kill(frozen.pid, 'SIGSTOP');
    await system.startWorker();
    await expectNotified(id, bounds.undelivered);
    const before = await log();
    process.kill(frozen.pid, 'SIGCONT');
    resume(frozen);
    await frozen.waitForLog(/"outcome":"lost"/);
    expect(await log()).toEqual(before);
    expect(before[0]?.attempts).toMatchObject([{ latencyMs: null }, { responseStatus: 204, error: null }]);
  });

  it('reach the merchant although Postgres is restarted during the request to the receiver', async () => {
    const [api, worker] = await Promise.all([
      system.startApi(),
      system.startWorker({ FAULTS: 'delivery.answered=pause' }),
    ]);
    const id = await api.send(csv);
    await pausedAt(worker, 'delivery.answered');
    await machine.postgres.restart();
    resume(worker);
    await expectNotified(id, bounds.undelivered);
  });

  it('are attempted once although they have many jobs at once', async () => {
    const [api, paused] = await Promise.all([
      system.startApi(),
      system.startWorker({ ...patience, FAULTS: 'delivery.claimed=pause', DELIVERY_TIMEOUT_MS: '30000' }),
    ]);
    const producer = createProducer(
      queue.redis === null
        ? { kind: 'postgres', connectionString: system.databaseUrl }
        : { kind: 'redis', url: queue.redis.url },
      { logger: silent },
    );
    try {
      const id = await api.send(csv);
      await pausedAt(paused, 'delivery.claimed');
      const [delivery] = await log();
      if (delivery === undefined) throw new Error('There is no delivery');
      const copies = Array.from({ length: 20 }, (_, turn) => ({ deliveryId: delivery.id, turn }));
      await until(() => producer.enqueueDeliveries(copies));
      await system.startWorker(patience);
      // The notification of another file comes after the copies in the queue.
      const marker = await api.send(csv);
      await until(async () =>
        expect(await log()).toMatchObject([{ uploadId: marker, status: 'DELIVERED' }, { uploadId: id }]),
      );
      expect(receiver.received).toHaveLength(1);
      resume(paused);
      await until(async () => expect((await log())[1]).toMatchObject({ status: 'DELIVERED' }));
      expect(receiver.received).toHaveLength(2);
      expect((await log())[1]?.attempts).toHaveLength(1);
    } finally {
      await producer.close();
    }
  });

  it('do not hold up an import when a receiver hangs', async () => {
    receiver.answer('hang');
    const longerThanTheBound = 2 * bounds.none;
    const [api] = await Promise.all([
      system.startApi(),
      system.startWorker({
        DELIVERIES: '2',
        DATABASE_CONNECTIONS: '2',
        DELIVERY_TIMEOUT_MS: String(longerThanTheBound),
      }),
    ]);
    for (let n = 0; n < 3; n += 1) await completed(system, await api.send(csv), bounds.none);
    await until(async () => expect(receiver.received).toHaveLength(2));
    await completed(system, await api.send(csv), bounds.none);
    expect((await log()).flatMap(({ attempts }) => attempts)).toMatchObject([
      { latencyMs: null },
      { latencyMs: null },
    ]);
  });

  const { redis } = queue;
  if (redis !== null) {
    it('are tried again although Redis lost the job of the next attempt', async () => {
      receiver.answer((_webhook, ordinal) => ({ status: ordinal === 1 ? 500 : 204 }));
      const [api] = await Promise.all([system.startApi(), system.startWorker()]);
      const id = await api.send(csv);
      await until(async () => expect((await log())[0]?.attempts).toMatchObject([{ responseStatus: 500 }]));
      await flushRedis(redis);
      await expectNotified(id, untilDue + bounds.unqueued);
      expect(receiver.received).toHaveLength(2);
    });
  }

  it.each([1, -1])('are tried again in time although the clock of the worker is %i h off', async (hours) => {
    receiver.answer((_webhook, ordinal) => ({ status: ordinal === 1 ? 500 : 204 }));
    const [api] = await Promise.all([system.startApi(), system.startWorker({}, [wrongClock(hours)])]);
    const id = await api.send(csv);
    await until(async () => expect((await log())[0]?.attempts).toMatchObject([{ responseStatus: 500 }]));
    // Signed with the time of Postgres; otherwise every receiver would refuse the webhook as too old.
    await expectNotified(id, untilDue + bounds.unqueued);
    expect(receiver.received).toHaveLength(2);
  });

  it('keep the job of the next attempt when the worker stops in order', async () => {
    receiver.answer((_webhook, ordinal) => ({ status: ordinal === 1 ? 500 : 204 }));
    const [api, first] = await Promise.all([system.startApi(), system.startWorker()]);
    const id = await api.send(csv);
    await until(async () => expect((await log())[0]?.attempts).toMatchObject([{ responseStatus: 500 }]));
    process.kill(first.pid, 'SIGTERM');
    expect(await first.exited).toBe(0);
    await system.startWorker();
    await expectNotified(id, untilDue + bounds.unqueued);
  });
});
