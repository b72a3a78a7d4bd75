import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import type { Database } from '../../client.js';
import { createApiKey } from '../../keys/api-keys.js';
import { openTestDatabase } from '../../test-support/open-test-database.js';
import { receiveCsv } from '../../test-support/receive-csv.js';
import { inTransaction } from '../../transaction.js';
import { sweep } from '../sweep/sweep.js';
import { createUpload, type NewUpload } from './create-upload.js';
import { failUpload } from './fail-upload.js';
import { findKeyHolder, KeyTakenError } from './idempotency-key.js';

let db: Database;
let close: () => Promise<void>;
let merchantId: string;

beforeAll(async () => {
  ({ db, merchantId, close } = await openTestDatabase(inject('testPostgres'), 12));
});

afterAll(() => close());

const open = (idempotencyKey: string | undefined, campaign = 'Lamp', merchant = merchantId) =>
  createUpload(db, { merchantId: merchant, campaign, idempotencyKey });

/** Opens an upload. Returns its id, or that of the upload that has the idempotency key already. */
async function openOrFind(upload: NewUpload) {
  try {
    return { opened: (await createUpload(db, upload)).id };
  } catch (error) {
    if (error instanceof KeyTakenError) return { held: error.holder.uploadId };
    throw error;
  }
}

it('createUpload opens an upload each time when there is no idempotency key', async () => {
  const [first, second] = [await open(undefined), await open(undefined)];
  expect(second.sequence).toBe(first.sequence + 1);
});

it('createUpload returns the upload that has the key, and uses no sequence and makes no campaign for it', async () => {
  const first = await open('told');
  const holder = { uploadId: first.id, sealed: false, campaignId: first.campaignId, campaign: 'Lamp' };
  await expect(open('told')).rejects.toMatchObject({ name: 'KeyTakenError', holder });
  await expect(open('told', 'New campaign')).rejects.toMatchObject({ holder });
  expect(await db.prisma.campaign.count({ where: { name: 'New campaign' } })).toBe(0);
  expect((await open('another')).sequence).toBe(first.sequence + 1);
});

it('createUpload keeps the idempotency keys of merchants apart', async () => {
  const { merchantId: other } = await createApiKey(db, 'Bob Games', 'test');
  await open('shared');
  const { id } = await open('shared', 'Lamp', other);
  expect(await findKeyHolder(db.pool, other, 'shared')).toMatchObject({ uploadId: id });
});

it.each([
  ['one campaign', () => 'Race'],
  ['campaigns of their own', (n: number) => `Race ${n}`],
])(
  'createUpload with one key, called many times at once, opens one upload, for %s',
  async (what, campaign) => {
    const idempotencyKey = `race to ${what}`;
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, n) => openOrFind({ merchantId, campaign: campaign(n), idempotencyKey })),
    );
    const opened = outcomes.flatMap((outcome) => ('opened' in outcome ? [outcome.opened] : []));
    const held = outcomes.flatMap((outcome) => ('held' in outcome ? [outcome.held] : []));
    expect(opened).toHaveLength(1);
    expect(new Set(held)).toEqual(new Set(opened));
  },
);

it.each([
  ['finds its upload', 'committed', 'held'],
  ['takes the key', 'rolled back', 'opened'],
])(
  'createUpload waits for a transaction that has the key, and %s when that is %s',
  async (_what, end, outcome) => {
    const idempotencyKey = `waiting until ${end}`;
    const { campaignId } = await open(undefined, `Elsewhere, ${end}`);
    let opening: ReturnType<typeof openOrFind> | undefined;
    const other = inTransaction(db.pool, async (client) => {
      await client.query(
        `INSERT INTO csv_upload (id, merchant_id, campaign_id, sequence, idempotency_key)
       VALUES (gen_random_uuid(), $1, $2, 1000, $3)`,
        [merchantId, campaignId, idempotencyKey],
      );
      opening = openOrFind({ merchantId, campaign: 'Waits', idempotencyKey });
      await vi.waitFor(
        async () => {
          const { rows } = await client.query(
            'SELECT 1 FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))',
          );
          expect(rows).toHaveLength(1);
        },
        { timeout: 10_000, interval: 10 },
      );
      if (end === 'rolled back') throw new Error(end);
    });
    await other.catch((error: Error) => expect(error.message).toBe(end));
    expect(await opening).toMatchObject({ [outcome]: expect.any(String) });
  },
);

it('createUpload may use the key again after an upload that failed before it was sealed, which then has no key', async () => {
  const first = await open('free');
  expect(await failUpload(db, first.id, { code: 'not_csv', message: 'No.' })).toBe(true);
  const kept = await db.prisma.csvUpload.findUniqueOrThrow({ where: { id: first.id } });
  expect(kept).toMatchObject({ status: 'FAILED', failureCode: 'not_csv', idempotencyKey: null });
  const second = await open('free');
  expect(await findKeyHolder(db.pool, merchantId, 'free')).toMatchObject({ uploadId: second.id });
});

it('createUpload may use the key again as soon as the sweep has failed a silent upload', async () => {
  const first = await open('silent');
  const limits = { pendingAfterMs: 60_000, limit: 100 };
  await sweep(db, { ...limits, silentAfterMs: 60_000 });
  await expect(open('silent')).rejects.toThrow(KeyTakenError);
  await db.prisma.csvUpload.update({
    where: { id: first.id },
    data: { receivedAt: new Date(Date.now() - 61_000) },
  });
  await sweep(db, { ...limits, silentAfterMs: 60_000 });
  expect((await open('silent')).id).not.toBe(first.id);
});

it('createUpload never gets the key of a sealed upload, not even of one that failed later', async () => {
  const { id } = await receiveCsv(db, {
    merchantId,
    campaign: 'Lamp',
    csv: 'Order ID,Email\nA-1,ada@example.com\n',
    chunkRows: 1_000,
  });
  await db.prisma.csvUpload.update({ where: { id }, data: { idempotencyKey: 'sealed' } });
  expect(await failUpload(db, id, { code: 'not_csv', message: 'No.' })).toBe(false);
  await expect(open('sealed')).rejects.toMatchObject({ holder: { uploadId: id, sealed: true } });
});
