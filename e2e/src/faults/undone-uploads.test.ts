import { startUndo, verifyUpload } from '@pledgeline/db';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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

const { csv } = sampleFile(1_500);
/** Half of its pledges are those of the other file, with other values. */
const other = sampleFile(750, { otherItems: true }).csv;

describe.each(machine.queues)('An undo with the queue on $name', (queue) => {
  let withoutIt: Outcome;
  let system: FaultySystem;
  beforeAll(async () => {
    withoutIt = await undisturbedRun(machine, queue, [other]);
  });
  beforeEach(async () => {
    system = await openFaultySystem(machine, queue);
    return () => system.close();
  });

  it('ends with the tables of the other file, though the worker is killed while it reads, writes, and ends it', async () => {
    const [api, importer] = await Promise.all([system.startApi(), system.startWorker()]);
    const ids: string[] = [];
    for (const file of [csv, other]) {
      const id = await api.send(file);
      await completed(system, id);
      ids.push(id);
    }
    await importer.end('SIGTERM');
    const [undone = ''] = ids;
    await startUndo(system.db, undone);
    for (const point of ['draft.read', 'draft.half-written', 'draft.written', 'draft.finished']) {
      const doomed = system.startDoomedWorker({ FAULTS: `${point}=kill` }, []);
      expect(await doomed.exited).toBeNull();
      expect((await system.report(undone)).status).toBe('UNDOING');
    }
    await system.startWorker();
    await until(async () => expect((await system.report(undone)).status).toBe('UNDONE'), bounds.claimed);
    expect(await readTables(system)).toEqual(withoutIt.tables);
    expect(await notificationEvents(system, undone)).toEqual(['upload.completed', 'upload.undone']);
    for (const id of ids) {
      expect((await verifyUpload(system.db, id))?.filter(({ holds }) => !holds)).toEqual([]);
    }
  });
});
