import fc from 'fast-check';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { Database } from '../client.js';
import { brokenChecks } from '../test-support/broken-checks.js';
import { dumpCampaign } from '../test-support/dump-campaign.js';
import { openTestDatabase } from '../test-support/open-test-database.js';
import { finishChunk } from '../test-support/process-upload.js';
import { receiveCsv } from '../test-support/receive-csv.js';
import { inTransaction } from '../transaction.js';
import { type ClaimedChunk, claimChunk } from './chunks/claim-chunk.js';
import { LostLeaseError } from './chunks/complete-chunk.js';
import { releaseChunk } from './chunks/release-chunk.js';
import { readUploadStates } from './reports/progress.js';
import { readUpload } from './reports/read-upload.js';
import { settleUpload } from './settle/settle-upload.js';
import { sweep } from './sweep/sweep.js';
import { cancelUpload } from './uploads/cancel-upload.js';
import { retryUpload } from './uploads/retry-upload.js';
import { UploadError } from './uploads/upload-error.js';

let db: Database;
let close: () => Promise<void>;
let merchantId: string;
let campaigns = 0;

beforeAll(async () => {
  ({ db, merchantId, close } = await openTestDatabase(inject('testPostgres'), 10));
});

afterAll(() => close());

/** Few orders, people and products, so that chunks of both files meet; some rows are rejected. */
const row = fc
  .tuple(
    fc.constantFrom('1', '2', '3', '4'),
    fc.constantFrom('ada@example.com', 'bo@example.com', 'cy@example.com'),
    fc.constantFrom('', 'Ada', 'Bo'),
    fc.constantFrom('', '10.00', '20.00'),
    fc.constantFrom('DICE', 'MAT'),
    fc.constantFrom('1', '2', 'some'),
    // A unique value in every row, so that every chunk changes something: chunks that change nothing wait for each other.
    fc.uuid(),
  )
  .map((cells) => cells.join(','));
const file = fc
  .array(row, { minLength: 4, maxLength: 6 })
  .map((rows) => ['Order ID,Email,Name,Total,SKU,Quantity,Notes', ...rows, ''].join('\n'));

const disturbances = ['claim', 'claim', 'complete', 'complete', 'fail', 'fail', 'crash', 'freeze'] as const;
const helpers = ['deliver twice', 'work', 'sweep', 'settle', 'retry', 'retry'] as const;

/** An event in the life of the imports. `on` picks one of the existing chunks, running attempts or uploads. */
interface Action {
  readonly kind: (typeof disturbances)[number] | (typeof helpers)[number] | 'cancel';
  readonly on: number;
}

/** Steps of random actions; the actions of one step happen at the same time. */
const stepsOf = (kinds: readonly Action['kind'][]) => {
  const action: fc.Arbitrary<Action> = fc.record({
    kind: fc.constantFrom(...kinds),
    on: fc.nat({ max: 11 }),
  });
  return fc.array(fc.array(action, { minLength: 1, maxLength: 3 }), { minLength: 4, maxLength: 12 });
};
const steps = fc.oneof(
  stepsOf([...disturbances, ...helpers]),
  stepsOf([...disturbances, ...helpers, 'cancel']),
);

/** Two imports into one campaign, and the actions applied to them so far. */
class DisturbedImports {
  readonly campaignId: string;
  readonly uploadIds: readonly string[];
  readonly chunkIds: readonly string[];
  /** Attempts whose worker is still running, or frozen and not aware that its lease was lost. */
  inHand: ClaimedChunk[] = [];
  /** Retries of each upload. */
  readonly retries = new Map<string, number>();
  readonly canceled = new Set<string>();
  /** The last percent of each upload that a client has seen. */
  private readonly seen = new Map<string, number>();

  constructor(uploads: Awaited<ReturnType<typeof receiveBoth>>) {
    this.campaignId = uploads[0]?.campaignId ?? '';
    this.uploadIds = uploads.map(({ id }) => id);
    this.chunkIds = uploads.flatMap(({ chunkIds }) => chunkIds);
  }

  /** Runs an action. It may be refused for a lost lease, or by the status of the upload. */
  async do(action: Action): Promise<void> {
    try {
      await this.try(action);
    } catch (error) {
      const isRight =
        error instanceof LostLeaseError || (error instanceof UploadError && error.code === 'illegal_move');
      if (!isRight) throw error;
    }
  }

  private async try({ kind, on }: Action): Promise<void> {
    const chunkId = this.chunkIds[on % this.chunkIds.length] ?? '';
    const uploadId = this.uploadIds[on % this.uploadIds.length] ?? '';
    switch (kind) {
      case 'claim': {
        const chunk = await claimChunk(db, chunkId, { leaseMs: 60_000 });
        if (chunk) this.inHand.push(chunk);
        return;
      }
      case 'complete':
        return this.withClaim(on, complete);
      case 'fail': {
        const chunk = await claimChunk(db, chunkId, { leaseMs: 60_000 });
        if (chunk) await releaseChunk(db, chunk, { reason: 'disk full', maxAttempts: 1 + (on % 2) });
        return;
      }
      case 'crash':
        return this.withClaim(on, endLease);
      case 'freeze': {
        const frozen = this.inHand[on % this.inHand.length];
        return frozen && endLease(frozen);
      }
      case 'deliver twice':
        await Promise.all([processChunk(chunkId), processChunk(chunkId)]);
        return;
      case 'work':
        for (const id of this.chunkIds) await processChunk(id);
        return;
      case 'sweep':
        await sweepAll();
        return;
      case 'settle':
        await inTransaction(db.pool, (client) => settleUpload(client, uploadId));
        return;
      case 'retry':
        return this.retry(uploadId);
      case 'cancel':
        await cancelUpload(db, uploadId);
        this.canceled.add(uploadId);
    }
  }

  /** Looks as a client does: the percent never goes back, and is 100 only when the upload is completed. */
  async watchProgress(): Promise<void> {
    for (const { id, status, progress } of await readUploadStates(db, this.uploadIds)) {
      expect(progress.percent).toBeGreaterThanOrEqual(this.seen.get(id) ?? 0);
      expect(progress.percent === 100).toBe(status === 'COMPLETED');
      this.seen.set(id, progress.percent);
    }
  }

  async retry(uploadId: string): Promise<void> {
    await retryUpload(db, uploadId);
    this.retries.set(uploadId, (this.retries.get(uploadId) ?? 0) + 1);
  }

  private async withClaim(on: number, work: (chunk: ClaimedChunk) => Promise<unknown>): Promise<void> {
    const [chunk] = this.inHand.splice(on % Math.max(1, this.inHand.length), 1);
    if (chunk) await work(chunk);
  }
}

async function receiveBoth(files: readonly string[]) {
  const campaign = `interleaved ${++campaigns}`;
  const uploads = [];
  for (const csv of files) uploads.push(await receiveCsv(db, { merchantId, campaign, csv, chunkRows: 2 }));
  return uploads;
}

const complete = (chunk: ClaimedChunk) => finishChunk(db, chunk);

/** As a worker does: what cannot be claimed is no matter of its. */
async function processChunk(id: string): Promise<void> {
  const chunk = await claimChunk(db, id, { leaseMs: 60_000 });
  if (chunk) await complete(chunk);
}

/** Makes the lease of an attempt run out. */
async function endLease({ id, token }: ClaimedChunk): Promise<void> {
  await db.pool.query(
    `UPDATE csv_upload_chunk SET lease_until = now() - interval '1 second' WHERE id = $1 AND attempt_token = $2`,
    [id, token],
  );
}

async function sweepAll() {
  const swept = await sweep(db, { pendingAfterMs: 0, silentAfterMs: 60_000, limit: 100 });
  expect(swept.failures).toEqual([]);
  return swept;
}

/** As if all workers were gone: sweeps, and processes the chunks that they find, until they find none. */
async function drain(): Promise<void> {
  for (;;) {
    const { pendingChunks } = await sweepAll();
    if (pendingChunks.length === 0) return;
    for (const { chunkId } of pendingChunks) await processChunk(chunkId);
  }
}

const finals: readonly string[] = ['COMPLETED', 'FAILED', 'CANCELED'];

async function statusOf(uploadId: string): Promise<string> {
  return (await readUpload(db, merchantId, uploadId))?.status ?? 'gone';
}

/** Checks after each step: all invariants, and one message for each time an upload ended. */
async function expectSound(disturbed: DisturbedImports): Promise<void> {
  const { uploadIds, retries } = disturbed;
  await disturbed.watchProgress();
  for (const id of uploadIds) {
    expect(await brokenChecks(db, id)).toEqual([]);
    const ends = (retries.get(id) ?? 0) + (finals.includes(await statusOf(id)) ? 1 : 0);
    expect(await db.prisma.notification.count({ where: { uploadId: id } })).toBe(ends);
  }
}

/** Processes everything that is left, retries failed chunks, and returns the final status of the uploads. */
async function finish(disturbed: DisturbedImports): Promise<readonly string[]> {
  for (const chunk of disturbed.inHand) await endLease(chunk);
  await drain();
  await expectSound(disturbed);
  const ends = [];
  for (const id of disturbed.uploadIds) {
    expect(finals).toContain(await statusOf(id));
    if ((await statusOf(id)) === 'FAILED') await disturbed.retry(id);
    await drain();
    ends.push(await statusOf(id));
  }
  await expectSound(disturbed);
  return ends;
}

async function importUndisturbed(files: readonly string[]) {
  const uploads = await receiveBoth(files);
  for (const { chunkIds } of uploads) for (const id of chunkIds) await processChunk(id);
  return dumpCampaign(db.pool, uploads[0]?.campaignId ?? '');
}

it('two imports, whatever disturbs them, end with the tables of an undisturbed run', async () => {
  await fc.assert(
    fc.asyncProperty(fc.tuple(file, file), steps, async (files, each) => {
      const disturbed = new DisturbedImports(await receiveBoth(files));
      for (const step of each) {
        const actions = Promise.all(step.map((action) => disturbed.do(action)));
        // Sees states in the middle of the actions.
        await disturbed.watchProgress();
        await actions;
        await expectSound(disturbed);
      }
      const ends = await finish(disturbed);
      const { uploadIds, canceled } = disturbed;
      expect(ends).toEqual(uploadIds.map((id) => (canceled.has(id) ? 'CANCELED' : 'COMPLETED')));
      if (canceled.size === 0) {
        expect(await dumpCampaign(db.pool, disturbed.campaignId)).toEqual(await importUndisturbed(files));
      }
      const before = await dumpCampaign(db.pool, disturbed.campaignId);
      // In the end the frozen attempts wake up; their results must be refused.
      for (const chunk of disturbed.inHand) await expect(complete(chunk)).rejects.toThrow(LostLeaseError);
      expect(await dumpCampaign(db.pool, disturbed.campaignId)).toEqual(before);
    }),
    { numRuns: 25 },
  );
});
