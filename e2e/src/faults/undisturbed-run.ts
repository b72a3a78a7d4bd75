import type { UploadReport } from '@pledgeline/db';
import { type CampaignDump, dumpCampaign } from '@pledgeline/db/testing';
import { expect } from 'vitest';
import { until } from '../until.js';
import { type FaultySystem, openFaultySystem } from './faulty-system.js';
import type { Machine, QueuePlace } from './machine.js';

/** What the import of some files resulted in. */
export interface Outcome {
  readonly tables: CampaignDump;
  /** One for each file, in order. */
  readonly uploads: readonly Pick<UploadReport, 'status' | 'rows' | 'statistics'>[];
}

/** Imports the files one after the other without any fault. */
export async function undisturbedRun(
  machine: Machine,
  queue: QueuePlace,
  files: readonly string[],
): Promise<Outcome> {
  const system = await openFaultySystem(machine, queue);
  try {
    const [api] = await Promise.all([system.startApi(), system.startWorker()]);
    const ids: string[] = [];
    for (const csv of files) {
      const id = await api.send(csv);
      await completed(system, id);
      ids.push(id);
    }
    return await readOutcome(system, ids);
  } finally {
    await system.close();
  }
}

export async function completed(system: FaultySystem, uploadId: string, withinMs?: number): Promise<void> {
  await until(async () => {
    const { status, chunkErrors } = await system.report(uploadId);
    expect({ status, chunkErrors }).toMatchObject({ status: 'COMPLETED' });
  }, withinMs);
}

export async function readOutcome(system: FaultySystem, ids: readonly string[]): Promise<Outcome> {
  const reports = await Promise.all(ids.map((id) => system.report(id)));
  return {
    tables: await readTables(system),
    uploads: reports.map(({ status, rows, statistics }) => ({ status, rows, statistics })),
  };
}

export async function readTables(system: FaultySystem): Promise<CampaignDump> {
  const { id } = await system.db.prisma.campaign.findFirstOrThrow();
  return dumpCampaign(system.db.pool, id);
}

/** Expects each row to be counted in exactly one chunk, and the end of the upload to have one notification. */
export async function expectAccountedFor(system: FaultySystem, uploadId: string): Promise<void> {
  const chunks = await system.db.prisma.csvUploadChunk.findMany({
    where: { uploadId },
    orderBy: { index: 'asc' },
  });
  let nextRow = 1;
  for (const { status, firstRow, rowCount, importedCount, rejectedCount, leftOutCount } of chunks) {
    expect({ status, firstRow, accounted: importedCount + rejectedCount + leftOutCount }).toEqual({
      status: 'COMPLETED',
      firstRow: nextRow,
      accounted: rowCount,
    });
    nextRow += rowCount;
  }
  const { rows } = await system.report(uploadId);
  expect(nextRow - 1).toBe(rows.total);
  expect(await notificationEvents(system, uploadId)).toEqual(['upload.completed']);
}

/** The events of the upload's notifications, in order. There is one for each final state. */
export async function notificationEvents(system: FaultySystem, uploadId: string): Promise<readonly string[]> {
  const notifications = await system.db.prisma.notification.findMany({
    where: { uploadId },
    orderBy: { occurrence: 'asc' },
  });
  return notifications.map(({ event }) => event);
}

/** Called at the end of a fault. Expects the uploads to be final within the bound, with the same outcome as without. */
export async function expectRecovery(
  system: FaultySystem,
  ids: readonly string[],
  undisturbed: Outcome,
  boundMs: number,
): Promise<void> {
  const over = performance.now();
  for (const id of ids) await completed(system, id, boundMs);
  expect(performance.now() - over).toBeLessThan(boundMs);
  expect(await readOutcome(system, ids)).toEqual(undisturbed);
  for (const id of ids) await expectAccountedFor(system, id);
}
