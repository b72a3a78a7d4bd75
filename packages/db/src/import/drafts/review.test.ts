import { assumedStatus } from '@pledgeline/csv-core/map';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Database } from '../../client.js';
import { brokenChecks } from '../../test-support/broken-checks.js';
import { dumpCampaign } from '../../test-support/dump-campaign.js';
import { openTestDatabase } from '../../test-support/open-test-database.js';
import { processChunk } from '../../test-support/process-upload.js';
import { receiveCsv } from '../../test-support/receive-csv.js';
import { readUpload } from '../reports/read-upload.js';
import { missingStatement } from '../settle/settle-review.js';
import { changeUpload } from '../uploads/change-upload.js';
import { findChunksToEnqueue } from '../uploads/seal-upload.js';
import type { DraftTotals } from './draft-totals.js';
import { applyReview, discardReview } from './end-review.js';
import { listChanges, type RecordChange } from './read-changes.js';
import { readDraft } from './read-draft.js';

let db: Database;
let close: () => Promise<void>;
let merchantId: string;
let campaigns = 0;

beforeAll(async () => {
  ({ db, merchantId, close } = await openTestDatabase(inject('testPostgres'), 4));
});

afterAll(() => close());

const header =
  'Order ID,Email,Shipping Address 1,Shipping City,Total,Currency,Payment Status,Product,Quantity';
const order = (
  n: number,
  {
    city = 'Rome',
    total = '10.00',
    quantity = 1,
    email = `b${n}@example.com`,
  }: Partial<Record<'city' | 'total' | 'email', string>> & { readonly quantity?: number } = {},
) => `${n},${email},Street 1,${city},${total},EUR,paid,Lamp,${quantity}`;

interface Sent {
  readonly review?: boolean;
  readonly chunkRows?: number;
}

async function send(
  campaign: string,
  lines: readonly string[],
  { review = false, chunkRows = 2 }: Sent = {},
) {
  const upload = await receiveCsv(db, {
    merchantId,
    campaign,
    csv: [header, ...lines, ''].join('\n'),
    chunkRows,
    review,
  });
  for (const id of upload.chunkIds) await processChunk(db, id);
  return upload;
}

const newCampaign = () => `reviewed ${++campaigns}`;

async function draftOf(uploadId: string) {
  const { rows } = await db.pool.query<{ id: string; status: string; counts: DraftTotals }>(
    'SELECT id, status, counts FROM draft WHERE upload_id = $1',
    [uploadId],
  );
  return rows[0];
}

async function changesOf(uploadId: string, query: Partial<Parameters<typeof listChanges>[2]> = {}) {
  const draft = await draftOf(uploadId);
  const changes: RecordChange[] = [];
  if (draft === undefined) throw new Error(`${uploadId} has no draft`);
  for await (const batch of listChanges(db, draft.id, { limit: 1_000, ...query })) changes.push(...batch);
  return changes;
}

const brief = ({ type, kind, fields }: RecordChange) => `${kind} ${type} ${fields.join(',')}`.trim();
const statusOf = async (id: string) => (await readUpload(db, merchantId, id))?.status;

describe('the review of an upload', () => {
  it('waits with what would change, field by field, and writes nothing', async () => {
    const campaign = newCampaign();
    const first = await send(campaign, [order(1), order(2), order(3)]);
    const before = await dumpCampaign(db.pool, first.campaignId);
    const lines = [
      order(1),
      order(2, { city: 'Oslo', total: '12.50' }),
      order(4, { quantity: 3 }),
      'x,nobody,,,1,EUR,paid,Lamp,1',
    ];
    const review = await send(campaign, lines, { review: true });
    expect(await statusOf(review.id)).toBe('NEEDS_REVIEW');
    expect(await dumpCampaign(db.pool, first.campaignId)).toEqual(before);
    const changes = await changesOf(review.id);
    expect(new Set(changes.map(brief))).toEqual(
      new Set(['changed pledge amount,shippingCity', 'created backer', 'created pledge', 'missing pledge']),
    );
    const changed = changes.find(({ kind }) => kind === 'changed');
    expect([changed?.before?.['shipping_city'], changed?.after?.['shipping_city']]).toEqual(['Rome', 'Oslo']);
    const { counts } = (await draftOf(review.id)) ?? {};
    expect(counts?.records.pledge).toEqual({ created: 1, changed: 1, unchanged: 1, removed: 0, missing: 1 });
    expect(counts?.campaign).toMatchObject({
      pledges: { before: 3, after: 4 },
      people: { before: 3, after: 4 },
      money: [
        {
          currency: 'EUR',
          status: 'COLLECTED',
          pledges: { before: 3, after: 4 },
          amount: { before: '30.0000', after: '42.5000' },
        },
      ],
      units: [{ name: 'Lamp', before: 3, after: 6 }],
      changedProducts: 1,
    });
  });

  it('filters by kind, type and field', async () => {
    const campaign = newCampaign();
    await send(campaign, [order(1), order(2)]);
    const review = await send(campaign, [order(1, { city: 'Oslo' }), order(2, { total: '11.00' })], {
      review: true,
    });
    expect((await changesOf(review.id, { fields: ['shippingCity'] })).map(brief)).toEqual([
      'changed pledge shippingCity',
    ]);
    expect(await changesOf(review.id, { kinds: ['created'] })).toEqual([]);
    expect((await changesOf(review.id, { kinds: ['unchanged'], types: ['backer'] })).map(brief)).toEqual([
      'unchanged backer',
      'unchanged backer',
    ]);
  });

  it('lists a record that is created under each of the fields that it sets', async () => {
    const campaign = newCampaign();
    await send(campaign, [order(1)]);
    const lines = [order(1, { city: 'Oslo' }), order(2), order(3, { city: '' })];
    const review = await send(campaign, lines, { review: true });
    const briefly = async (field: string) => {
      const changes = await changesOf(review.id, { fields: [field], types: ['pledge'] });
      return changes
        .map(({ kind, after }) => `${kind} ${after?.['external_id']}`)
        .sort((a, b) => (a < b ? -1 : 1));
    };
    expect(await briefly('shippingCity')).toEqual(['changed 1', 'created 2']);
    expect(await briefly('shippingAddress1')).toEqual(['created 2', 'created 3']);
    expect(await briefly('items')).toEqual(['created 2', 'created 3']);
    expect(await briefly('fulfillment')).toEqual([]);
  });

  it('is of the campaign to which its upload is moved before it begins', async () => {
    const from = await send(newCampaign(), [order(1)]);
    const into = await send(newCampaign(), [order(1), order(2)]);
    const csv = [header, order(1, { city: 'Oslo' }), ''].join('\n');
    const review = await receiveCsv(db, {
      merchantId,
      campaign: from.campaignId,
      csv,
      chunkRows: 2,
      review: true,
    });
    await changeUpload(db, merchantId, review.id, { campaign: into.campaignId });
    expect(await brokenChecks(db, review.id)).toEqual([]);
    for (const id of review.chunkIds) await processChunk(db, id);
    expect(await readDraft(db, review.id)).toMatchObject({ status: 'READY', isOutdated: false });
    expect((await draftOf(review.id))?.counts.campaign?.pledges).toEqual({ before: 2, after: 2 });
    expect((await applyReview(db, review.id)).outcome).toBe('applied');
  });

  it('is imported as it was shown when it is applied', async () => {
    const campaign = newCampaign();
    const first = await send(campaign, [order(1), order(2)]);
    const lines = [order(2, { city: 'Oslo' }), order(3)];
    const review = await send(campaign, lines, { review: true });
    const { outcome, chunkIds } = await applyReview(db, review.id);
    expect(outcome).toBe('applied');
    for (const id of chunkIds) await processChunk(db, id);
    expect(await statusOf(review.id)).toBe('COMPLETED');
    const direct = newCampaign();
    const other = await send(direct, [order(1), order(2)]);
    await send(direct, lines);
    expect(await dumpCampaign(db.pool, first.campaignId)).toEqual(
      await dumpCampaign(db.pool, other.campaignId),
    );
    expect((await changesOf(review.id)).map(brief)).toContain('changed pledge shippingCity');
  });

  it('is made anew when the campaign has changed since', async () => {
    const campaign = newCampaign();
    await send(campaign, [order(1)]);
    const review = await send(campaign, [order(1, { city: 'Oslo' })], { review: true });
    await send(campaign, [order(1, { city: 'Bonn' })]);
    const { outcome, chunkIds } = await applyReview(db, review.id);
    expect(outcome).toBe('outdated');
    expect(chunkIds).toHaveLength(1);
    for (const id of chunkIds) await processChunk(db, id);
    expect(await statusOf(review.id)).toBe('NEEDS_REVIEW');
    expect((await applyReview(db, review.id)).outcome).toBe('applied');
  });

  it('leaves nothing behind when it is discarded', async () => {
    const campaign = newCampaign();
    const first = await send(campaign, [order(1)]);
    const before = await dumpCampaign(db.pool, first.campaignId);
    const review = await send(campaign, [order(1, { city: 'Oslo' }), order(2)], { review: true });
    await discardReview(db, review.id);
    expect(await statusOf(review.id)).toBe('CANCELED');
    expect((await readUpload(db, merchantId, review.id))?.rows.imported).toBe(0);
    expect(await draftOf(review.id)).toBeUndefined();
    expect(await dumpCampaign(db.pool, first.campaignId)).toEqual(before);
    await expect(applyReview(db, review.id)).rejects.toMatchObject({ code: 'illegal_move' });
  });

  it('looks each pledge of the campaign up in the draft by its key, however little Postgres knows of the draft', async () => {
    const campaign = newCampaign();
    await send(campaign, [order(1), order(2)]);
    const upload = await send(campaign, [order(1)], { review: true });
    const draft = await draftOf(upload.id);
    const { rows } = await db.pool.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${missingStatement}`, [
      draft?.id,
      upload.id,
      assumedStatus,
      upload.campaignId,
      false,
    ]);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    // A join would compare each of the pledges with the whole draft: 6 s for 5,000 of them.
    expect(plan).not.toContain('Anti Join');
    expect(plan).toMatch(/Index Cond: \(\(draft_id = .*\) AND \("table" = .*\) AND \(id = p\.id\)\)/);
  });

  it('is not claimed by a worker that knows of no reviews', async () => {
    const review = await receiveCsv(db, {
      merchantId,
      campaign: newCampaign(),
      csv: [header, order(1), ''].join('\n'),
      chunkRows: 2,
      review: true,
    });
    await db.pool.query(`UPDATE csv_upload SET status = 'PROCESSING' WHERE id = $1`, [review.id]);
    const claim = await db.pool.query(
      `UPDATE csv_upload_chunk SET status = 'PROCESSING' WHERE upload_id = $1 RETURNING id`,
      [review.id],
    );
    expect(claim.rowCount).toBe(0);
    expect(await findChunksToEnqueue(db, review.id)).toHaveLength(1);
  });
});
