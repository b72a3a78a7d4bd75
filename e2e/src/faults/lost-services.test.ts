import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sampleFile } from '../sample-file.js';
import { until } from '../until.js';
import { bounds, impatience } from './bounds.js';
import { type FaultySystem, openFaultySystem, pausedAt, resume } from './faulty-system.js';
import { startMachine } from './machine.js';
import { flushRedis } from './queue-content.js';
import { expectAccountedFor, expectRecovery, type Outcome, undisturbedRun } from './undisturbed-run.js';

const machine = await startMachine();
afterAll(() => machine.stop());

const { csv } = sampleFile(3_000);

describe.each(machine.queues)('An import during an outage, with the queue on $name,', (queue) => {
  let undisturbed: Outcome;
  let system: FaultySystem;
  beforeAll(async () => {
    undisturbed = await undisturbedRun(machine, queue, [csv]);
  });
  beforeEach(async () => {
    system = await openFaultySystem(machine, queue);
    return () => system.close();
  });

  it.each([
    {
      what: 'Postgres is restarted',
      breakIt: () => machine.postgres.restart(),
    },
    {
      what: 'Postgres is killed',
      breakIt: async () => {
        await machine.postgres.kill();
        await machine.postgres.restart();
      },
    },
    {
      what: 'the connections of the worker are cut',
      breakIt: () =>
        system.db.pool.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND application_name = 'pledgeline-worker'`,
        ),
    },
  ])('loses nothing when $what in the middle of a chunk', async ({ breakIt }) => {
    const [api, worker] = await Promise.all([
      system.startApi(),
      system.startWorker({ FAULTS: 'chunk.half-written=pause@2' }),
    ]);
    const id = await api.send(csv);
    await pausedAt(worker, 'chunk.half-written');
    await breakIt();
    resume(worker);
    await expectRecovery(system, [id], undisturbed, bounds.claimed);
  });

  it('loses nothing when a statement takes longer than the lease', async () => {
    const [api, worker] = await Promise.all([
      system.startApi(),
      system.startWorker({ FAULTS: 'chunk.claimed=pause' }),
    ]);
    const id = await api.send(csv);
    await pausedAt(worker, 'chunk.claimed');
    const locker = new pg.Client(system.databaseUrl);
    await locker.connect();
    try {
      await locker.query('BEGIN');
      await locker.query('LOCK TABLE pledge IN EXCLUSIVE MODE');
      resume(worker);
      await worker.waitForLog(/statement timeout/);
      await locker.query('ROLLBACK');
    } finally {
      await locker.end();
    }
    await expectRecovery(system, [id], undisturbed, bounds.claimed);
  });

  it('loses nothing when Postgres reports a full disk', async () => {
    const { pool } = system.db;
    await pool.query(
      `CREATE FUNCTION refuse_to_grow() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$`,
    );
    await pool.query(
      'CREATE TRIGGER full_disk BEFORE INSERT ON pledge FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_grow()',
    );
    const [api, worker] = await Promise.all([system.startApi(), system.startWorker({ MAX_ATTEMPTS: '100' })]);
    const id = await api.send(csv);
    await worker.waitForLog(/No space left on device/);
    await pool.query('DROP TRIGGER full_disk ON pledge');
    await expectRecovery(system, [id], undisturbed, bounds.failing);
  });

  const { redis } = queue;
  if (redis === null) {
    it('refuses no order, however often Postgres is killed in the middle of it and away for longer than a lease', async () => {
      const times = [1, 2, 3];
      const { csv: order } = sampleFile(1);
      const [api, worker] = await Promise.all([
        system.startApi(),
        system.startWorker({ FAULTS: times.map((time) => `chunk.half-written=pause@${time}`).join() }),
      ]);
      const id = await api.send(order);
      for (const time of times) {
        await until(
          () => expect(worker.log.filter((line) => line.includes('"fault"'))).toHaveLength(time),
          bounds.claimed,
        );
        await machine.postgres.kill();
        resume(worker);
        await sleep(1.5 * Number(impatience.LEASE_MS));
        await machine.postgres.restart();
      }
      await until(async () => expect((await system.report(id)).status).toBe('COMPLETED'), bounds.claimed);
      expect(await system.report(id)).toMatchObject({ rows: { total: 1, imported: 1 } });
      await expectAccountedFor(system, id);
    }, 120_000);
    return;
  }

  it('gets its waiting jobs back after Redis was flushed', async () => {
    const api = await system.startApi();
    const id = await api.send(csv);
    await flushRedis(redis);
    await system.startWorker();
    await expectRecovery(system, [id], undisturbed, bounds.unqueued);
  });

  it('continues when Redis is flushed while a job is active', async () => {
    const [api, worker] = await Promise.all([
      system.startApi(),
      system.startWorker({ FAULTS: 'chunk.half-written=pause@2' }),
    ]);
    const id = await api.send(csv);
    await pausedAt(worker, 'chunk.half-written');
    await flushRedis(redis);
    resume(worker);
    await expectRecovery(system, [id], undisturbed, bounds.claimed);
  });

  it('is enqueued although Redis was flushed since the upload was sealed', async () => {
    const [api] = await Promise.all([
      system.startApi({ FAULTS: 'upload.sealed=pause' }),
      system.startWorker(),
    ]);
    const sending = api.send(csv);
    await pausedAt(api, 'upload.sealed');
    await flushRedis(redis);
    resume(api);
    await expectRecovery(system, [await sending], undisturbed, bounds.unqueued);
  });

  it('is accepted while Redis is down, and workers continue by themselves when it is back', async () => {
    const [api] = await Promise.all([
      system.startApi({ FAULTS: 'upload.receiving=pause' }),
      system.startWorker(),
    ]);
    const sending = api.send(csv);
    await pausedAt(api, 'upload.receiving');
    await redis.kill();
    resume(api);
    const id = await sending;
    expect((await system.report(id)).chunks.completed).toBe(0);
    await redis.restart();
    await expectRecovery(system, [id], undisturbed, bounds.unqueued);
  });

  it('continues by itself when Redis is restarted in the middle of a chunk', async () => {
    const [api, worker] = await Promise.all([
      system.startApi(),
      system.startWorker({ FAULTS: 'chunk.half-written=pause' }),
    ]);
    const id = await api.send(csv);
    await pausedAt(worker, 'chunk.half-written');
    await redis.restart();
    resume(worker);
    await expectRecovery(system, [id], undisturbed, bounds.claimed);
  });
});
