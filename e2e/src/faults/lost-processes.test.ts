import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sampleFile } from '../sample-file.js';
import { until } from '../until.js';
import { bounds } from './bounds.js';
import { type FaultySystem, openFaultySystem, pausedAt, resume } from './faulty-system.js';
import { startMachine } from './machine.js';
import { expectRecovery, notificationEvents, type Outcome, undisturbedRun } from './undisturbed-run.js';
import { wrongClock } from './wrong-clock.js';

const machine = await startMachine({ fsync: 'off' });
afterAll(() => machine.stop());

// With two sums, three chunks of 1,000 rows.
const { csv } = sampleFile(2_997, { sums: true });

describe.each(machine.queues)('An import with the queue on $name', (queue) => {
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
    { where: 'before it claims a chunk', fault: 'chunk.unclaimed=kill', bound: bounds.unclaimed },
    { where: 'with a chunk claimed', fault: 'chunk.claimed=kill', bound: bounds.claimed },
    { where: 'in the middle of the inserts', fault: 'chunk.half-written=kill@2', bound: bounds.claimed },
    { where: 'before the commit of the last chunk', fault: 'chunk.written=kill@3', bound: bounds.claimed },
    {
      where: 'with the upload settled, before the commit',
      fault: 'upload.settled=kill',
      bound: bounds.unsettled,
    },
    {
      where: 'after a commit, before it completes the job',
      fault: 'chunk.committed=kill',
      bound: bounds.unclaimed,
    },
    { where: 'after the last commit', fault: 'chunk.committed=kill@3', bound: bounds.none },
  ])('loses nothing when the worker is killed $where', async ({ fault, bound }) => {
    const [api, doomed] = await Promise.all([system.startApi(), system.startWorker({ FAULTS: fault })]);
    const id = await api.send(csv);
    expect(await doomed.exited).toBeNull();
    await system.startWorker();
    await expectRecovery(system, [id], undisturbed, bound);
  });

  it('becomes a failed upload with a reason when the API is killed while it receives, and the file can be sent again', async () => {
    const [doomed] = await Promise.all([
      system.startApi({ FAULTS: 'upload.receiving=kill' }),
      system.startWorker(),
    ]);
    await expect(doomed.send(csv)).rejects.toThrow();
    expect(await doomed.exited).toBeNull();
    const cutOff = await system.soleUploadId();
    await until(async () => expect((await system.report(cutOff)).status).toBe('FAILED'), bounds.unsealed);
    expect(await system.report(cutOff)).toMatchObject({
      sealed: false,
      failure: { code: 'upload_interrupted' },
      chunks: { total: 0 },
    });
    expect(await system.db.prisma.pledge.count()).toBe(0);
    expect(await notificationEvents(system, cutOff)).toEqual(['upload.failed']);

    const api = await system.startApi();
    await expectRecovery(system, [await api.send(csv)], undisturbed, bounds.none);
  });

  it.each([
    { where: 'after the seal, before jobs are added', fault: 'upload.sealed=kill', bound: bounds.unqueued },
    { where: 'while it answers', fault: 'upload.answering=kill', bound: bounds.none },
  ])('runs once when the API is killed $where', async ({ fault, bound }) => {
    const [doomed] = await Promise.all([system.startApi({ FAULTS: fault }), system.startWorker()]);
    await expect(doomed.send(csv)).rejects.toThrow();
    expect(await doomed.exited).toBeNull();
    await expectRecovery(system, [await system.soleUploadId()], undisturbed, bound);
    expect(await system.db.prisma.csvUpload.count()).toBe(1);
  });

  it('stays the same upload when the API was killed and the file is sent again with its Idempotency-Key', async () => {
    const doomed = await system.startApi({ FAULTS: 'upload.answering=kill' });
    const key = { 'idempotency-key': 'of this file' };
    await expect(doomed.send(csv, key)).rejects.toThrow();
    expect(await doomed.exited).toBeNull();
    const [api] = await Promise.all([system.startApi(), system.startWorker()]);
    const id = await api.send(csv, key);
    await expectRecovery(system, [id], undisturbed, bounds.none);
    expect(await system.db.prisma.csvUpload.count()).toBe(1);
  });

  it('is continued by another worker after the first one finished its chunk on SIGTERM', async () => {
    const graceMs = 20_000;
    const [api, stopping] = await Promise.all([
      system.startApi(),
      system.startWorker({
        FAULTS: 'chunk.half-written=pause',
        GRACE_MS: String(graceMs),
      }),
    ]);
    const id = await api.send(csv);
    await pausedAt(stopping, 'chunk.half-written');
    const signaled = performance.now();
    process.kill(stopping.pid, 'SIGTERM');
    await stopping.waitForLog(/"The worker is closing"/);
    resume(stopping);
    expect(await stopping.exited).toBe(0);
    expect(performance.now() - signaled).toBeLessThan(graceMs);
    expect((await system.report(id)).chunks).toMatchObject({ completed: 1, pending: 2 });
    await system.startWorker();
    await expectRecovery(system, [id], undisturbed, bounds.unqueued);
  });

  it.each([1, -1])('is completed after a killed worker by one whose clock is %i h off', async (hours) => {
    const [api, doomed] = await Promise.all([
      system.startApi(),
      system.startWorker({ FAULTS: 'chunk.half-written=kill@2' }, [wrongClock(hours)]),
    ]);
    const id = await api.send(csv);
    expect(await doomed.exited).toBeNull();
    await system.startWorker();
    await expectRecovery(system, [id], undisturbed, bounds.claimed);
  });

  it.each([1, -1])('is completed by two workers of which one has a clock that is %i h off', async (hours) => {
    const api = await system.startApi();
    await Promise.all([system.startWorker({}, [wrongClock(hours)]), system.startWorker()]);
    const id = await api.send(csv);
    await expectRecovery(system, [id], undisturbed, bounds.claimed);
  });
});
