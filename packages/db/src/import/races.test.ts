import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
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
import { readUpload } from './reports/read-upload.js';
import { type Settlement, settleUpload } from './settle/settle-upload.js';
import { sweep } from './sweep/sweep.js';
import { cancelUpload } from './uploads/cancel-upload.js';
import { retryUpload } from './uploads/retry-upload.js';
import { UploadError } from './uploads/upload-error.js';

const ROUNDS = 20;

let db: Database;
let close: () => Promise<void>;
let merchantId: string;
let campaigns = 0;

beforeAll(async () => {
  ({ db, merchantId, close } = await openTestDatabase(inject('testPostgres'), 16));
  // Opens all connections now, so that no participant of a race has to wait for one.
  await Promise.all(Array.from({ length: 16 }, () => db.pool.query('SELECT pg_sleep(0.05)')));
});

afterAll(() => close());

const orders = (count: number) =>
  [
    'Order ID,Email,Total,Currency,SKU,Quantity',
    ...Array.from({ length: count }, (_, n) => `${n},b${n % 3}@example.com,${n}.50,EUR,SKU${n % 2},1`),
    '',
  ].join('\n');

/** An upload in a new campaign, with this many chunks of two rows. */
const receive = (chunks: number) =>
  receiveCsv(db, { merchantId, campaign: `race ${++campaigns}`, csv: orders(chunks * 2), chunkRows: 2 });

async function claim(id: string | undefined, leaseMs = 60_000): Promise<ClaimedChunk> {
  const chunk = await claimChunk(db, id ?? '', { leaseMs });
  if (!chunk) throw new Error(`Chunk ${id} could not be claimed`);
  return chunk;
}

const complete = (chunk: ClaimedChunk) => finishChunk(db, chunk);

const fail = (chunk: ClaimedChunk) => releaseChunk(db, chunk, { reason: 'disk full', maxAttempts: 1 });
const settle = (id: string) => inTransaction(db.pool, (client) => settleUpload(client, id));
const sweepAll = () => sweep(db, { pendingAfterMs: 0, silentAfterMs: 60_000, limit: 1_000 });

/**
 * Runs the participants at once. In each round the first one starts later (by round trips to the database, not by time);
 * in the last round it starts after the others have ended. The others also change their order. Returns who succeeded.
 * The others must have been refused for a reason that is legitimate in a race.
 */
async function race(
  round: number,
  first: () => Promise<unknown>,
  ...others: readonly (() => Promise<unknown>)[]
): Promise<readonly boolean[]> {
  const running = others.map(async (run, index) => {
    await delay((round * (index + 1)) % 7);
    await run();
  });
  const late = async () => {
    await (round === ROUNDS - 1 ? Promise.allSettled(running) : delay(2 * round));
    await first();
  };
  const results = await Promise.allSettled([late(), ...running]);
  for (const result of results) {
    if (result.status === 'fulfilled') continue;
    const error: unknown = result.reason;
    const isRight =
      error instanceof LostLeaseError || (error instanceof UploadError && error.code === 'illegal_move');
    if (!isRight) throw error;
  }
  return results.map(({ status }) => status === 'fulfilled');
}

async function delay(roundTrips: number): Promise<void> {
  for (let trip = 0; trip < roundTrips; trip += 1) await db.pool.query('SELECT 1');
}

/** The completed chunks. A race must not change those that were completed before it. */
async function completedChunks(uploadId: string): Promise<readonly unknown[]> {
  const { rows } = await db.pool.query(
    `SELECT id, imported_count, finished_at FROM csv_upload_chunk WHERE upload_id = $1 AND status = 'COMPLETED'`,
    [uploadId],
  );
  return rows;
}

/** Checks that every invariant holds, that the statistics match the tables, and that there is one message for each time the upload ended. */
async function expectSound(
  uploadId: string,
  status: string | readonly string[],
  messages = 1,
): Promise<void> {
  expect(await brokenChecks(db, uploadId)).toEqual([]);
  const report = await readUpload(db, merchantId, uploadId);
  expect(typeof status === 'string' ? [status] : status).toContain(report?.status);
  expect(await db.prisma.notification.count({ where: { uploadId } })).toBe(messages);
  const { campaignId } = await db.prisma.csvUpload.findUniqueOrThrow({ where: { id: uploadId } });
  const { pledges, backers, inventory } = await dumpCampaign(db.pool, campaignId);
  expect(report?.statistics).toMatchObject({
    totals: pledges.length === 0 ? [] : [{ currency: 'EUR', pledges: pledges.length }],
    records: { backers: { created: backers.length }, pledges: { created: pledges.length } },
    productCount: inventory.length,
  });
}

const rounds = Array.from({ length: ROUNDS }, (_, round) => round);

/** Runs a race in many rounds and returns all outcomes. Tests expect every possible outcome; a missing one means that there was no real race. */
async function repeat(once: (round: number) => Promise<string>): Promise<ReadonlySet<string>> {
  const ends = new Set<string>();
  for (const round of rounds) ends.add(await once(round));
  return ends;
}

describe('a race of a cancel', () => {
  it('against the last chunk: one of them ends the upload', async () => {
    const ends = await repeat(async (round) => {
      const { id, chunkIds } = await receive(2);
      await complete(await claim(chunkIds[0]));
      const before = await completedChunks(id);
      const last = await claim(chunkIds[1]);
      const [isCanceled, isCompleted] = await race(
        round,
        () => cancelUpload(db, id),
        () => complete(last),
      );
      expect([isCanceled, isCompleted].filter(Boolean)).toHaveLength(1);
      await expectSound(id, isCanceled ? 'CANCELED' : 'COMPLETED');
      expect(await completedChunks(id)).toEqual(expect.arrayContaining([...before]));
      return isCanceled ? 'CANCELED' : 'COMPLETED';
    });
    expect(ends).toEqual(new Set(['CANCELED', 'COMPLETED']));
  });

  it('against the last failure of a chunk: one of them ends the upload', async () => {
    await repeat(async (round) => {
      const { id, chunkIds } = await receive(1);
      const last = await claim(chunkIds[0]);
      const [isCanceled] = await race(
        round,
        () => cancelUpload(db, id),
        () => fail(last),
      );
      await expectSound(id, isCanceled ? 'CANCELED' : 'FAILED');
      return '';
    });
  });

  it('against claims: no chunk stays open, and results of claimed chunks are refused', async () => {
    await repeat(async (round) => {
      const { id, chunkIds } = await receive(3);
      const claimed: ClaimedChunk[] = [];
      const claims = chunkIds.map((chunkId) => async () => {
        const chunk = await claimChunk(db, chunkId, { leaseMs: 60_000 });
        if (chunk) claimed.push(chunk);
      });
      await race(round, () => cancelUpload(db, id), ...claims);
      await expectSound(id, 'CANCELED');
      for (const chunk of claimed) await expect(complete(chunk)).rejects.toThrow(LostLeaseError);
      await expectSound(id, 'CANCELED');
      return '';
    });
  });

  it('against another cancel: one of them is refused as too late', async () => {
    await repeat(async (round) => {
      const { id } = await receive(2);
      const canceled = await race(
        round,
        () => cancelUpload(db, id),
        () => cancelUpload(db, id),
      );
      expect(canceled.filter(Boolean)).toHaveLength(1);
      await expectSound(id, 'CANCELED');
      return '';
    });
  });
});

describe('a race of a retry', () => {
  it('against the settlement of the failure: the retry is refused as too early, or the upload completes', async () => {
    const ends = await repeat(async (round) => {
      const { id, chunkIds } = await receive(2);
      await fail(await claim(chunkIds[0]));
      const last = await claim(chunkIds[1]);
      const [isRetried] = await race(
        round,
        () => retryUpload(db, id),
        () => complete(last),
      );
      const before = await completedChunks(id);
      expect(before).toHaveLength(1);
      if (!isRetried) {
        await expectSound(id, 'FAILED');
        return 'too early';
      }
      expect(await brokenChecks(db, id)).toEqual([]);
      await complete(await claim(chunkIds[0]));
      await expectSound(id, 'COMPLETED', 2);
      expect(await completedChunks(id)).toEqual(expect.arrayContaining([...before]));
      return 'retried';
    });
    expect(ends).toEqual(new Set(['retried', 'too early']));
  });

  it('against a cancel: the upload is canceled if the retry came first, else it goes on', async () => {
    const ends = await repeat(async (round) => {
      const { id, chunkIds } = await receive(2);
      await complete(await claim(chunkIds[0]));
      await fail(await claim(chunkIds[1]));
      const before = await completedChunks(id);
      const [isCanceled, isRetried] = await race(
        round,
        () => cancelUpload(db, id),
        () => retryUpload(db, id),
      );
      expect(isRetried).toBe(true);
      if (!isCanceled) await complete(await claim(chunkIds[1]));
      await expectSound(id, isCanceled ? 'CANCELED' : 'COMPLETED', 2);
      expect(await completedChunks(id)).toEqual(expect.arrayContaining([...before]));
      return isCanceled ? 'canceled' : 'goes on';
    });
    expect(ends).toEqual(new Set(['canceled', 'goes on']));
  });

  it('against another retry: one of them is refused as too late', async () => {
    await repeat(async (round) => {
      const { id, chunkIds } = await receive(1);
      await fail(await claim(chunkIds[0]));
      const retried = await race(
        round,
        () => retryUpload(db, id),
        () => retryUpload(db, id),
      );
      expect(retried.filter(Boolean)).toHaveLength(1);
      await complete(await claim(chunkIds[0]));
      await expectSound(id, 'COMPLETED', 2);
      return '';
    });
  });
});

describe('a race of settlements', () => {
  it('of an upload whose chunks were all done: exactly one settles it', async () => {
    await repeat(async (round) => {
      const { id, chunkIds } = await receive(2);
      for (const each of chunkIds) await complete(await claim(each));
      await forgetSettlement(id);
      const settled: Settlement[] = [];
      const once = async () => {
        const settlement = await settle(id);
        if (settlement) settled.push(settlement);
      };
      const sweeping = async () => {
        settled.push(...(await sweepAll()).settlements.filter(({ uploadId }) => uploadId === id));
      };
      await race(round, once, sweeping, once, sweeping, once);
      expect(settled).toEqual([{ uploadId: id, status: 'COMPLETED', differences: [] }]);
      await expectSound(id, 'COMPLETED');
      return '';
    });
  });

  it('with the last chunks, one of which fails, ends the upload once', async () => {
    await repeat(async (round) => {
      const { id, chunkIds } = await receive(3);
      const [one, two, three] = await Promise.all(chunkIds.map((each) => claim(each)));
      if (!one || !two || !three) throw new Error('not claimed');
      await race(
        round,
        () => complete(one),
        () => settle(id),
        () => fail(two),
        () => settle(id),
        () => complete(three),
      );
      await expectSound(id, 'FAILED');
      return '';
    });
  });
});

describe('a race of the sweep', () => {
  it('against a worker that wakes up, its successor, other sweeps, a cancel and a retry leaves a sound upload', async () => {
    const ends = await repeat(async (round) => {
      const { id, chunkIds } = await receive(4);
      await complete(await claim(chunkIds[0]));
      const before = await completedChunks(id);
      const frozen = await claim(chunkIds[1], -1);
      const failing = await claim(chunkIds[2]);
      await race(
        round,
        () => complete(frozen),
        sweepAll,
        () => processChunk(chunkIds[1]),
        sweepAll,
        () => processChunk(chunkIds[3]),
        () => fail(failing),
        () => (round % 2 === 0 ? cancelUpload(db, id) : retryUpload(db, id)),
        sweepAll,
      );
      await drain(id);
      const end = (await readUpload(db, merchantId, id))?.status ?? '';
      const { length: messages } = await db.prisma.notification.findMany({ where: { uploadId: id } });
      await expectSound(id, ['FAILED', 'CANCELED', 'COMPLETED'], messages);
      if (round % 2 === 0) expect(messages).toBe(1);
      expect(await completedChunks(id)).toEqual(expect.arrayContaining([...before]));
      return end;
    });
    expect([...ends]).toEqual(expect.arrayContaining(['FAILED', 'CANCELED']));
  });
});

/** Claims and completes a chunk, as a worker does with its job. */
async function processChunk(id: string | undefined): Promise<void> {
  const chunk = await claimChunk(db, id ?? '', { leaseMs: 60_000 });
  if (chunk) await complete(chunk);
}

/** Sweeps, and processes what the sweep finds, until nothing is left to do. */
async function drain(uploadId: string): Promise<void> {
  for (;;) {
    const { pendingChunks, failures } = await sweepAll();
    expect(failures).toEqual([]);
    const own = pendingChunks.filter((chunk) => chunk.uploadId === uploadId);
    if (own.length === 0) return;
    for (const { chunkId } of own) await processChunk(chunkId);
  }
}

/** Undoes the settlement, as if a process had died between the last chunk and it. (Today both are one transaction.) */
async function forgetSettlement(id: string): Promise<void> {
  await inTransaction(db.pool, async (client) => {
    await client.query('SET LOCAL session_replication_role = replica');
    await client.query(
      `UPDATE csv_upload SET status = 'PROCESSING', statistics = NULL, finished_at = NULL WHERE id = $1`,
      [id],
    );
    await client.query('DELETE FROM notification WHERE upload_id = $1', [id]);
  });
}
