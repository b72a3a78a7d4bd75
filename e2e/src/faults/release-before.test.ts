import { verifyUpload } from '@pledgeline/db';
import type { RunningProgram } from '@pledgeline/local-services';
import { buildCommit, CommitError, findCommit, ourRoot } from '@pledgeline/programs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sampleFile } from '../sample-file.js';
import { patience } from './bounds.js';
import { type FaultySystem, openFaultySystem, pausedAt, type RunningApi, resume } from './faulty-system.js';
import { type Machine, startMachine } from './machine.js';
import {
  completed,
  expectAccountedFor,
  expectRecovery,
  type Outcome,
  readOutcome,
  readTables,
  undisturbedRun,
} from './undisturbed-run.js';

/** The release before, whose workers go on during a deploy. Every release moves it forward to the one before. */
const RELEASE_BEFORE = '7c9f6852de0bf4dd5fad52d95994af458ecdbff8';

/** How long an import may take on a busy machine. */
const WORK_MS = 40_000;

const isHere = await findCommit(ourRoot, RELEASE_BEFORE).then(
  () => true,
  (error: unknown) => {
    if (!(error instanceof CommitError)) throw error;
    const rule = '!'.repeat(78);
    console.warn(
      `${rule}\n!!  NO RELEASE BEFORE: the tests with its workers are SKIPPED.\n!!  ${error.message}\n${rule}`,
    );
    return false;
  },
);

const inventoryRow = z.looseObject({ unpaid: z.number().nullable() });

/** The release before counts no unpaid units, so that it is not known how many there are once it has settled an upload. */
const withoutUnpaid = (tables: Outcome['tables']): Outcome['tables'] => ({
  ...tables,
  inventory: tables.inventory.map((row) => ({ ...inventoryRow.parse(row), unpaid: null })),
});

/** As the release before leaves it. */
const settledBefore = ({ tables, uploads }: Outcome): Outcome => ({
  tables: withoutUnpaid(tables),
  uploads: uploads.map(({ statistics, ...upload }) => ({
    ...upload,
    statistics: statistics && {
      ...statistics,
      units: statistics.units.map(({ kind, key, name, units }) => ({ kind, key, name, units })),
    },
  })),
});

const { csv } = sampleFile(3_000);
/** Every pledge has other numbers of its add-on, and some have another reward. */
const changedCsv = sampleFile(3_000, { otherItems: true }).csv;

describe.runIf(isHere)('On the schema of this release, the worker of the release before', () => {
  let machine: Machine;
  const queue = { name: 'Postgres', redis: null } as const;
  let before: string;
  let once: Outcome;
  let changed: Outcome;
  let changedBack: Outcome;
  let system: FaultySystem;

  beforeAll(async () => {
    before = (await buildCommit(RELEASE_BEFORE)).root;
    machine = await startMachine({ fsync: 'off' });
    once = await undisturbedRun(machine, queue, [csv]);
    changed = await undisturbedRun(machine, queue, [csv, changedCsv]);
    changedBack = await undisturbedRun(machine, queue, [csv, changedCsv, csv]);
  }, 600_000);
  afterAll(() => machine.stop());

  beforeEach(async () => {
    system = await openFaultySystem(machine, queue);
    return () => system.close();
  });

  // On a busy machine, an impatient lease could run out in the middle of a chunk.
  const startBefore = (variables = {}) => system.startOtherWorker(before, { ...patience, ...variables });
  const startOurs = (variables = {}) => system.startWorker({ ...patience, ...variables });

  async function expectVerified(...uploadIds: readonly string[]): Promise<void> {
    for (const id of uploadIds) {
      const checks = await verifyUpload(system.db, id);
      expect(checks?.filter(({ holds }) => !holds)).toEqual([]);
    }
  }

  /** Sends a file and waits until it is imported. */
  async function importFile(api: RunningApi, content: string): Promise<string> {
    const id = await api.send(content);
    await completed(system, id, WORK_MS);
    await expectAccountedFor(system, id);
    return id;
  }

  it('imports a file like the worker of this one', async () => {
    const [api] = await Promise.all([system.startApi(), startBefore()]);
    const id = await api.send(csv);
    await expectRecovery(system, [id], settledBefore(once), WORK_MS);
    await expectVerified(id);
  });

  it('imports a file with other items over one that it imported', async () => {
    const [api] = await Promise.all([system.startApi(), startBefore()]);
    const ids = [await importFile(api, csv), await importFile(api, changedCsv)];
    expect(await readOutcome(system, ids)).toEqual(settledBefore(changed));
    await expectVerified(...ids);
  });

  it('and the worker of this one share a file, and the same file with other items', async () => {
    const api = await system.startApi();
    const ids: string[] = [];
    for (const content of [csv, changedCsv]) {
      const id = await api.send(content);
      // Each stops in the middle of a chunk, so that both have one of the three.
      const stopping = { FAULTS: 'chunk.half-written=pause' };
      const workers = await Promise.all([startBefore(stopping), startOurs(stopping)]);
      await Promise.all(workers.map((worker) => pausedAt(worker, 'chunk.half-written')));
      for (const worker of workers) resume(worker);
      await completed(system, id, WORK_MS);
      await expectAccountedFor(system, id);
      ids.push(id);
      for (const worker of workers) await worker.end('SIGTERM');
    }
    expect(withoutUnpaid(await readTables(system))).toEqual(withoutUnpaid(changed.tables));
    await expectVerified(...ids);
  });

  /** Imports files one after the other, each with a worker of its own. Resolves with the ids of the uploads. */
  async function importInTurn(turns: readonly (readonly [() => Promise<RunningProgram>, string])[]) {
    const api = await system.startApi();
    const ids: string[] = [];
    for (const [start, content] of turns) {
      const worker = await start();
      ids.push(await importFile(api, content));
      await worker.end('SIGTERM');
    }
    await expectVerified(...ids);
    return ids;
  }

  it('leaves nothing to change when the worker of this one gets the file again', async () => {
    const [, again = ''] = await importInTurn([
      [startBefore, csv],
      [startOurs, csv],
    ]);
    expect(withoutUnpaid(await readTables(system))).toEqual(withoutUnpaid(once.tables));
    const { statistics } = await system.report(again);
    const unchanged = { created: 0, updated: 0 };
    expect(statistics?.records).toMatchObject({
      backers: unchanged,
      products: unchanged,
      pledges: unchanged,
      surveys: unchanged,
    });
  });

  it('changes nothing when it gets a file again that the worker of this one imported', async () => {
    await importInTurn([
      [startOurs, csv],
      [startBefore, csv],
    ]);
    expect(withoutUnpaid(await readTables(system))).toEqual(withoutUnpaid(once.tables));
  });

  it.each([
    { name: 'it', first: startBefore, second: startOurs },
    { name: 'the worker of this one', first: startOurs, second: startBefore },
  ])('shares items that change to and fro, when $name begins', async ({ first, second }) => {
    await importInTurn([
      [first, csv],
      [second, changedCsv],
      [first, csv],
    ]);
    expect(withoutUnpaid(await readTables(system))).toEqual(withoutUnpaid(changedBack.tables));
  });
});
