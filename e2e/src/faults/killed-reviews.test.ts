import { readDraft, verifyUpload } from '@pledgeline/db';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sampleFile } from '../sample-file.js';
import { until } from '../until.js';
import { bounds } from './bounds.js';
import { type FaultySystem, openFaultySystem } from './faulty-system.js';
import { startMachine } from './machine.js';
import {
  completed,
  notificationEvents,
  type Outcome,
  readTables,
  undisturbedRun,
} from './undisturbed-run.js';

const machine = await startMachine({ fsync: 'off' });
afterAll(() => machine.stop());

// Two chunks. Half of its pledges are those of the other file, with other values. Each 50th row is broken.
const { csv } = sampleFile(1_500);
const other = sampleFile(750, { otherItems: true }).csv;

/** What the review has to say of the pledges: those of the other file change, and the rest is new. */
const changes = { created: 735, changed: 735, unchanged: 0, removed: 0, missing: 0 };

describe.each(machine.queues)('A review with the queue on $name', (queue) => {
  let imported: Outcome;
  let system: FaultySystem;
  beforeAll(async () => {
    imported = await undisturbedRun(machine, queue, [other, csv]);
  });
  beforeEach(async () => {
    system = await openFaultySystem(machine, queue);
    return () => system.close();
  });

  it('counts each record once and writes none, though the worker is killed while it compares and ends', async () => {
    const [api, importer] = await Promise.all([system.startApi(), system.startWorker()]);
    await completed(system, await api.send(other));
    await importer.end('SIGTERM');
    const before = await readTables(system);
    const { id: campaign } = await system.db.prisma.campaign.findFirstOrThrow();
    const sent = await api.ask(`/v1/uploads?campaign=${campaign}&review=true`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: csv,
    });
    const { id } = z.object({ id: z.string() }).parse(await sent.json());
    for (const point of ['chunk.claimed', 'chunk.written', 'chunk.committed', 'upload.settled']) {
      const doomed = system.startDoomedWorker({ FAULTS: `${point}=kill` }, []);
      expect(await doomed.exited).toBeNull();
      expect((await system.report(id)).status).toBe('PROCESSING');
      expect(await readTables(system)).toEqual(before);
    }
    await system.startWorker();
    await until(async () => expect((await system.report(id)).status).toBe('NEEDS_REVIEW'), bounds.claimed);
    expect(await readTables(system)).toEqual(before);
    expect((await system.report(id)).rows).toMatchObject({ total: 1_500, imported: 1_470, rejected: 30 });
    expect(await readDraft(system.db, id)).toMatchObject({
      status: 'READY',
      isOutdated: false,
      totals: { records: { pledge: changes }, campaign: { pledges: { before: 735, after: 1_470 } } },
    });
    expect(await notificationEvents(system, id)).toEqual(['upload.needs_review']);
    expect((await api.ask(`/v1/uploads/${id}/apply`, { method: 'POST' })).status).toBe(202);
    await completed(system, id);
    expect(await readTables(system)).toEqual(imported.tables);
    expect((await verifyUpload(system.db, id))?.filter(({ holds }) => !holds)).toEqual([]);
    // Six workers, one after the other, and some leases that have to run out.
  }, 180_000);
});
