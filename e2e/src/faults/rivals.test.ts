import { createProducer } from '@pledgeline/queue';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sampleFile } from '../sample-file.js';
import { bounds, patience } from './bounds.js';
import { type FaultySystem, openFaultySystem, pausedAt, resume } from './faulty-system.js';
import { startMachine } from './machine.js';
import { changeJobVersion } from './queue-content.js';
import {
  completed,
  expectAccountedFor,
  expectRecovery,
  type Outcome,
  readTables,
  undisturbedRun,
} from './undisturbed-run.js';

const machine = await startMachine({ fsync: 'off' });
afterAll(() => machine.stop());

const { csv } = sampleFile(3_000);
const { csv: reversedCsv } = sampleFile(3_000, { lastFirst: true });

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe.each(machine.queues)('Under concurrent work, Pledgeline with the queue on $name', (queue) => {
  let undisturbed: Outcome;
  let system: FaultySystem;
  beforeAll(async () => {
    undisturbed = await undisturbedRun(machine, queue, [csv]);
  });
  beforeEach(async () => {
    system = await openFaultySystem(machine, queue);
    return () => system.close();
  });

  const readChunks = (uploadId: string) =>
    system.db.prisma.csvUploadChunk.findMany({ where: { uploadId }, orderBy: { index: 'asc' } });

  /** Expects that no chunk had to be tried again. A failed attempt, as by a deadlock, would be followed by a second. */
  async function expectFirstAttempts(uploadId: string): Promise<void> {
    for (const { attempts, lastError } of await readChunks(uploadId)) {
      expect({ attempts, lastError }).toEqual({ attempts: 1, lastError: null });
    }
  }

  it('refuses the result of a worker that hung past its lease', async () => {
    const [api, slow] = await Promise.all([
      system.startApi(),
      system.startWorker({ FAULTS: 'chunk.claimed=pause' }),
    ]);
    const id = await api.send(csv);
    await pausedAt(slow, 'chunk.claimed');
    await system.startWorker();
    await expectRecovery(system, [id], undisturbed, bounds.claimed);
    resume(slow);
    await slow.waitForLog(/The result of a chunk came too late/);
    await expectRecovery(system, [id], undisturbed, bounds.none);
  });

  it.each(['chunk.claimed', 'chunk.half-written'] as const)(
    'takes over from a worker that is frozen at %s, and refuses its result when it wakes',
    async (point) => {
      const [api, frozen] = await Promise.all([
        system.startApi(),
        system.startWorker({ FAULTS: `${point}=pause` }),
      ]);
      const id = await api.send(csv);
      await pausedAt(frozen, point);
      process.kill(frozen.pid, 'SIGSTOP');
      await system.startWorker();
      await expectRecovery(system, [id], undisturbed, bounds.claimed);
      resume(frozen);
      process.kill(frozen.pid, 'SIGCONT');
      await frozen.waitForLog(/The result of a chunk came too late|"outcome":"lost"/);
      await expectRecovery(system, [id], undisturbed, bounds.none);
    },
  );

  it('processes a chunk once when it has two jobs at once', async () => {
    const api = await system.startApi();
    const id = await api.send(csv);
    const producer = createProducer(
      queue.redis === null
        ? { kind: 'postgres', connectionString: system.databaseUrl }
        : { kind: 'redis', url: queue.redis.url },
      { logger: silent },
    );
    const [first] = await readChunks(id);
    await producer.enqueueChunks([{ uploadId: id, chunkId: first?.id ?? '', attempt: 7 }]);
    await producer.close();
    // Four jobs: one for each of the three chunks, and a second one for the first.
    const workers = await Promise.all(
      Array.from({ length: 4 }, () => system.startWorker({ ...patience, FAULTS: 'chunk.unclaimed=pause' })),
    );
    await Promise.all(workers.map((worker) => pausedAt(worker, 'chunk.unclaimed')));
    for (const worker of workers) resume(worker);
    await expectRecovery(system, [id], undisturbed, bounds.none);
    await expectFirstAttempts(id);
  });

  it('settles an upload once when its last two chunks end at the same time', async () => {
    const [api, first] = await Promise.all([
      system.startApi(),
      system.startWorker({ ...patience, FAULTS: 'chunk.half-written=pause@2' }),
    ]);
    const id = await api.send(csv);
    await pausedAt(first, 'chunk.half-written');
    const second = await system.startWorker({ ...patience, FAULTS: 'chunk.half-written=pause' });
    await pausedAt(second, 'chunk.half-written');
    resume(first);
    resume(second);
    await expectRecovery(system, [id], undisturbed, bounds.none);
    await expectFirstAttempts(id);
  });

  it('ends with the same tables when a file is sent twice at once', async () => {
    const [api] = await Promise.all([
      system.startApi(),
      system.startWorker(patience),
      system.startWorker(patience),
    ]);
    const ids = await Promise.all([api.send(csv), api.send(csv)]);
    for (const id of ids) {
      await completed(system, id, bounds.none);
      await expectAccountedFor(system, id);
    }
    expect(await readTables(system)).toEqual(undisturbed.tables);
    const reports = await Promise.all(ids.map((id) => system.report(id)));
    const created = reports.map(({ statistics }) => statistics?.records.pledges.created ?? 0);
    expect(created.reduce((sum, each) => sum + each, 0)).toBe(
      undisturbed.uploads[0]?.statistics?.records.pledges.created,
    );
  });

  it('receives a file once when it is sent twice at once with one Idempotency-Key', async () => {
    const [api] = await Promise.all([
      system.startApi({ FAULTS: 'upload.receiving=pause' }),
      system.startWorker(patience),
    ]);
    const key = { 'idempotency-key': 'the same for both' };
    const sending = api.send(csv, key);
    await pausedAt(api, 'upload.receiving');
    await expect(api.send(csv, key)).rejects.toThrow(/^409.*idempotency_key_in_use/);
    resume(api);
    const id = await sending;
    expect(await api.send(csv, key)).toBe(id);
    await expectRecovery(system, [id], undisturbed, bounds.none);
    expect(await system.db.prisma.csvUpload.count()).toBe(1);
  });

  it('imports two files that name the same people and products in opposite order, without a deadlock', async () => {
    const oneByOne = await undisturbedRun(machine, queue, [csv, reversedCsv]);
    await system.close();
    system = await openFaultySystem(machine, queue);
    const api = await system.startApi();
    const ids = [await api.send(csv), await api.send(reversedCsv)];
    await Promise.all(Array.from({ length: 4 }, () => system.startWorker(patience)));
    for (const id of ids) {
      await completed(system, id, bounds.none);
      await expectAccountedFor(system, id);
      await expectFirstAttempts(id);
    }
    expect(await readTables(system)).toEqual(oneByOne.tables);
  });

  it('loses no chunk to jobs of an older and a newer release', async () => {
    const api = await system.startApi();
    const id = await api.send(csv);
    const [older, newer] = await readChunks(id);
    if (!older || !newer) throw new Error('The file has too few chunks');
    await changeJobVersion(system, older, 0);
    await changeJobVersion(system, newer, 2);
    const worker = await system.startWorker();
    await worker.waitForLog(/Dropped a job whose payload fails its schema/);
    await expectRecovery(system, [id], undisturbed, bounds.unqueued);
  });
});
