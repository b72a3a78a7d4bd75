import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../client.js';
import { brokenChecks } from '../../test-support/broken-checks.js';
import { dumpCampaign } from '../../test-support/dump-campaign.js';
import {
  claimChunkForSure,
  finishChunk,
  processChunk,
  processUpload,
} from '../../test-support/process-upload.js';
import { receiveCsv } from '../../test-support/receive-csv.js';
import { setUpMerchant } from '../../test-support/set-up-merchant.js';
import { finishDraft } from '../../test-support/work-on-drafts.js';
import { LostLeaseError } from '../chunks/complete-chunk.js';
import { applyReview } from '../drafts/end-review.js';
import { readDraft, requestHistory } from '../drafts/read-draft.js';
import { startUndo } from '../drafts/start-undo.js';
import { readUpload } from '../reports/read-upload.js';
import { sweep } from '../sweep/sweep.js';
import { cancelUpload } from '../uploads/cancel-upload.js';
import { changeUpload } from '../uploads/change-upload.js';
import { createUpload } from '../uploads/create-upload.js';
import { deleteUpload } from '../uploads/delete-upload.js';
import { failUpload } from '../uploads/fail-upload.js';
import { findKeyHolder } from '../uploads/idempotency-key.js';
import { readCampaign } from './campaign-report.js';
import { changeCampaign, createCampaign, deleteCampaign } from './change-campaign.js';
import { listCampaigns } from './list-campaigns.js';
import { mergeCampaigns } from './merge-campaigns.js';
import { purgeCampaigns } from './purge-campaigns.js';

let db: Database;
let merchantId: string;
setUpMerchant(6, (setUp) => {
  ({ db, merchantId } = setUp);
});

const anyState = () => undefined;
const header = 'Order ID,Email,Name,Total,SKU,Quantity';

function receive(campaign: string, rows: readonly string[]) {
  return receiveCsv(db, { merchantId, campaign, csv: [header, ...rows, ''].join('\n'), chunkRows: 2 });
}

async function importRows(campaign: string, rows: readonly string[]) {
  const upload = await receive(campaign, rows);
  await processUpload(db, upload.id);
  return upload;
}

async function countRows(campaignId: string): Promise<Readonly<Record<string, number>>> {
  const counts = ['csv_upload', 'backer', 'product', 'pledge', 'survey', 'inventory'].map(async (table) => {
    const { rows } = await db.pool.query<{ count: number }>(
      `SELECT count(*) FROM ${table} WHERE campaign_id = $1`,
      [campaignId],
    );
    return [table, rows[0]?.count ?? -1] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}

const ada = '1,ada@example.com,Ada,10.00,DICE,1';
const adaLater = '1,ada@example.com,Ada Lovelace,20.00,MAT,2';
const bo = '2,bo@example.com,,5.00,DICE,3';

describe('A campaign', () => {
  it('is made once, however many ask at the same time', async () => {
    const made = await Promise.all([1, 2, 3].map(() => createCampaign(db, merchantId, 'Lamp')));
    const done = made.flatMap((each) => (each.outcome === 'done' ? [each.campaign.id] : []));
    expect(done).toHaveLength(1);
    expect(made.flatMap((each) => (each.outcome === 'taken' ? [each.by] : []))).toEqual([done[0], done[0]]);
  });

  it('is renamed, but not to the name of another one, even at the same moment', async () => {
    const { campaignId: lamp } = await receive('Lamp', [ada]);
    const { campaignId: lamb } = await receive('Lamb', [ada]);
    const rename = (id: string) => changeCampaign(db, merchantId, id, { name: 'Lantern' }, anyState);
    const outcomes = (await Promise.all([rename(lamp), rename(lamb)])).map(({ outcome }) => outcome);
    expect(outcomes.sort()).toEqual(['done', 'taken']);
  });

  it('takes no upload while it is archived, by its name or its id', async () => {
    const { campaignId } = await importRows('Lamp', [ada]);
    await changeCampaign(db, merchantId, campaignId, { archived: true }, anyState);
    for (const campaign of ['Lamp', campaignId]) {
      await expect(createUpload(db, { merchantId, campaign })).rejects.toMatchObject({
        code: 'campaign_archived',
        message: expect.stringContaining(`PATCH /v1/campaigns/${campaignId}`),
      });
    }
    await changeCampaign(db, merchantId, campaignId, { archived: false }, anyState);
    expect((await createUpload(db, { merchantId, campaign: 'Lamp' })).campaignId).toBe(campaignId);
  });
});

describe('A campaign that only refused uploads have named', () => {
  const refuse = (id: string) => failUpload(db, id, { code: 'no_header', message: 'There is no header.' });
  const names = async () => {
    const { rows } = await listCampaigns(db, merchantId, { limit: 100, archived: true });
    return rows.map(({ name }) => name);
  };

  it('is listed while its first upload is received, and no more when it is refused, which still answers', async () => {
    const { id, campaignId } = await createUpload(db, { merchantId, campaign: 'Lamp' });
    expect(await names()).toEqual(['Lamp']);
    await refuse(id);
    expect(await names()).toEqual([]);
    expect(await readUpload(db, merchantId, id)).toMatchObject({
      campaign: 'Lamp',
      campaignId,
      status: 'FAILED',
    });
    expect(await readCampaign(db, merchantId, campaignId)).toMatchObject({ name: 'Lamp' });
  });

  it('is not listed either when its upload went silent and the sweep has failed it', async () => {
    const { id } = await createUpload(db, { merchantId, campaign: 'Lamp' });
    await db.pool.query(`UPDATE csv_upload SET received_at = now() - interval '1 hour' WHERE id = $1`, [id]);
    expect(await sweep(db, { pendingAfterMs: 60_000, silentAfterMs: 60_000, limit: 100 })).toMatchObject({
      failedUploads: 1,
    });
    expect(await names()).toEqual([]);
  });

  it('is listed again with the next upload of its name, and stays when that one fails or is deleted later', async () => {
    const { id, campaignId } = await createUpload(db, { merchantId, campaign: 'Lamp' });
    await refuse(id);
    const next = await importRows('Lamp', [ada]);
    expect(next.campaignId).toBe(campaignId);
    expect(await names()).toEqual(['Lamp']);
    await deleteUpload(db, merchantId, next.id);
    expect(await names()).toEqual(['Lamp']);
  });

  it('is listed, whatever an upload of it and a refusal of another do at the same moment', async () => {
    for (let run = 0; run < 10; run += 1) {
      const campaign = `Race ${run}`;
      const first = await createUpload(db, { merchantId, campaign });
      const [, second] = await Promise.all([refuse(first.id), receive(campaign, [ada])]);
      expect(second.campaignId).toBe(first.campaignId);
    }
    expect(await names()).toHaveLength(10);
  });

  it('was there before, or was made or changed by a person, and then it is listed', async () => {
    await createCampaign(db, merchantId, 'Made');
    await importRows('Filled', [ada]);
    for (const campaign of ['Made', 'Filled', 'Renamed', 'Adopted']) {
      const { id, campaignId } = await createUpload(db, { merchantId, campaign });
      await refuse(id);
      if (campaign === 'Renamed') await changeCampaign(db, merchantId, campaignId, { name: 'New' }, anyState);
      if (campaign === 'Adopted') {
        expect(await createCampaign(db, merchantId, campaign)).toMatchObject({
          outcome: 'done',
          campaign: { id: campaignId },
        });
      }
    }
    expect((await names()).sort()).toEqual(['Adopted', 'Filled', 'Made', 'New']);
  });

  it('gives its name to another campaign, but not once a file is received into it', async () => {
    const { campaignId } = await importRows('Lapm', [ada]);
    const rename = () => changeCampaign(db, merchantId, campaignId, { name: 'Lamp' }, anyState);
    const first = await createUpload(db, { merchantId, campaign: 'Lamp' });
    expect(await rename()).toEqual({ outcome: 'taken', by: first.campaignId });
    await refuse(first.id);
    expect(await rename()).toMatchObject({ outcome: 'done' });
    expect(await names()).toEqual(['Lamp']);
    expect((await readUpload(db, merchantId, first.id))?.status).toBe('FAILED');
  });

  it('counts as filled when an upload is moved to it or a campaign is merged into it', async () => {
    const { id } = await receive('Lapm', [ada]);
    const typo = await importRows('Lmap', [ada]);
    for (const campaign of ['Lamp', 'Lantern']) {
      await refuse((await createUpload(db, { merchantId, campaign })).id);
    }
    await changeUpload(db, merchantId, id, { campaign: 'Lamp' });
    const into = await db.prisma.campaign.findFirstOrThrow({ where: { merchantId, name: 'Lantern' } });
    await mergeCampaigns(db, merchantId, { from: typo.campaignId, into: into.id }, anyState);
    const kept = await db.prisma.campaign.findMany({ where: { merchantId, unconfirmed: true } });
    expect(kept).toEqual([]);
    expect((await names()).sort()).toEqual(['Lamp', 'Lantern', 'Lapm']);
  });
});

describe('A campaign that is deleted', () => {
  it('is gone at once with its uploads, and its name is free', async () => {
    const { id, campaignId } = await importRows('Lamp', [ada, bo]);
    expect(await deleteCampaign(db, merchantId, campaignId, anyState)).toBe(true);
    expect(await deleteCampaign(db, merchantId, campaignId, anyState)).toBe(false);
    expect(await readCampaign(db, merchantId, campaignId)).toBeNull();
    expect(await readUpload(db, merchantId, id)).toBeNull();
    await expect(createUpload(db, { merchantId, campaign: campaignId })).rejects.toMatchObject({
      code: 'campaign_not_found',
    });
    expect((await createUpload(db, { merchantId, campaign: 'Lamp' })).campaignId).not.toBe(campaignId);
  });

  it('keeps no idempotency key from the files that are sent again', async () => {
    const idempotencyKey = 'backers of today';
    const first = await createUpload(db, { merchantId, campaign: 'Lamp', idempotencyKey });
    await deleteCampaign(db, merchantId, first.campaignId, anyState);
    const again = await createUpload(db, { merchantId, campaign: 'Lamp', idempotencyKey });
    expect(again.campaignId).not.toBe(first.campaignId);
    expect(await findKeyHolder(db.pool, merchantId, idempotencyKey)).toMatchObject({ uploadId: again.id });
  });

  it('stays whole when the check throws', async () => {
    const { campaignId } = await receive('Lamp', [ada]);
    const seen = new Error('It has changed');
    const remove = deleteCampaign(db, merchantId, campaignId, () => {
      throw seen;
    });
    await expect(remove).rejects.toBe(seen);
    expect(await readCampaign(db, merchantId, campaignId)).not.toBeNull();
  });

  it('is emptied by the sweep, wherever it stops, and nothing of it or of its workers comes back', async () => {
    const { campaignId } = await importRows('Lamp', [ada, bo]);
    const { chunkIds } = await receive('Lamp', [adaLater]);
    const inHand = await claimChunkForSure(db, chunkIds[0]);
    const { campaignId: other } = await importRows('Other', [ada, bo]);
    const before = await countRows(other);
    await deleteCampaign(db, merchantId, campaignId, anyState);
    expect(await purgeCampaigns(db, { budgetMs: 0 })).toBe(0);
    const sweeps = await Promise.all(
      [1, 2].map(() => sweep(db, { pendingAfterMs: 60_000, silentAfterMs: 60_000, limit: 100 })),
    );
    expect(sweeps.flatMap(({ failures }) => failures)).toEqual([]);
    await expect(finishChunk(db, inHand)).rejects.toThrow(LostLeaseError);
    expect(Object.values(await countRows(campaignId))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(await db.prisma.campaign.count({ where: { id: campaignId } })).toBe(0);
    expect(await db.prisma.notification.count({ where: { merchantId } })).toBe(1);
    expect(await countRows(other)).toEqual(before);
  });
});

describe('A campaign that is merged into another', () => {
  const merge = (from: string, into: string) => mergeCampaigns(db, merchantId, { from, into }, anyState);

  const row = fc
    .tuple(
      fc.constantFrom('1', '2', '3'),
      fc.constantFrom('ada@example.com', 'bo@example.com'),
      fc.constantFrom('', 'Ada', 'Bo'),
      fc.constantFrom('', '10.00', '20.00'),
      fc.constantFrom('DICE', 'MAT'),
      fc.constantFrom('1', '2', 'some'),
    )
    .map((cells) => cells.join(','));
  const file = fc.array(row, { minLength: 1, maxLength: 5 });

  it('gives the tables that its files would have made there, in the order in which they were sent', async () => {
    let run = 0;
    const files = fc.tuple(file, file, file, file);
    await fc.assert(
      fc.asyncProperty(files, fc.boolean(), fc.infiniteStream(fc.nat()), async (all, isFirst, order) => {
        run += 1;
        const names = isFirst ? ['typo', 'typo', 'right', 'right'] : ['right', 'right', 'typo', 'typo'];
        const sent = [];
        for (const [at, rows] of all.entries()) {
          sent.push(await importRows(`${names[at]} ${run}`, rows));
          await importRows(`direct ${run}`, rows);
        }
        const ids = {
          typo: sent[isFirst ? 0 : 3]?.campaignId ?? '',
          right: sent[isFirst ? 3 : 0]?.campaignId ?? '',
        };
        const merged = await merge(ids.typo, ids.right);
        if (merged.outcome !== 'merged') throw new Error('It was not merged');
        const chunks = merged.uploads.flatMap(({ chunkIds }) => chunkIds);
        const shuffled = chunks
          .map((id) => ({ id, place: order.next().value }))
          .sort((a, b) => a.place - b.place);
        for (const { id } of shuffled) await processChunk(db, id);
        const direct = await db.prisma.campaign.findFirstOrThrow({
          where: { merchantId, name: `direct ${run}` },
        });
        expect(await dumpCampaign(db.pool, ids.right)).toEqual(await dumpCampaign(db.pool, direct.id));
        for (const { id } of sent) {
          expect((await readUpload(db, merchantId, id))?.status).toBe('COMPLETED');
          expect(await brokenChecks(db, id)).toEqual([]);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('is gone, and its uploads keep their ids', async () => {
    const right = await importRows('Lamp', [ada]);
    const typo = await importRows('Lapm', [adaLater]);
    await merge(typo.campaignId, right.campaignId);
    expect(await readCampaign(db, merchantId, typo.campaignId)).toBeNull();
    expect(await readUpload(db, merchantId, typo.id)).toMatchObject({
      campaign: 'Lamp',
      status: 'PROCESSING',
      progress: { percent: 0 },
    });
    const { id: next } = await receive('Lapm', [bo]);
    expect((await readUpload(db, merchantId, next))?.campaignId).not.toBe(typo.campaignId);
  });

  it('takes the review of an upload with it, which is made anew of the other campaign', async () => {
    const right = await importRows('Lamp', [ada, bo]);
    const typo = await receiveCsv(db, {
      merchantId,
      campaign: 'Lapm',
      csv: [header, adaLater, ''].join('\n'),
      chunkRows: 2,
      review: true,
    });
    await processUpload(db, typo.id);
    expect((await readDraft(db, typo.id))?.totals?.records.pledge).toMatchObject({ created: 1, changed: 0 });
    const merged = await merge(typo.campaignId, right.campaignId);
    expect(merged).toEqual({ outcome: 'merged', uploads: [{ id: typo.id, chunkIds: typo.chunkIds }] });
    await expect(applyReview(db, typo.id)).rejects.toMatchObject({ code: 'illegal_move' });
    expect(await brokenChecks(db, typo.id)).toEqual([]);
    await processUpload(db, typo.id);
    expect((await readUpload(db, merchantId, typo.id))?.status).toBe('NEEDS_REVIEW');
    expect((await readDraft(db, typo.id))?.totals?.records.pledge).toMatchObject({ created: 0, changed: 1 });
    expect(await countRows(right.campaignId)).toMatchObject({ pledge: 2 });
    expect((await applyReview(db, typo.id)).outcome).toBe('applied');
    await processUpload(db, typo.id);
    expect(await brokenChecks(db, typo.id)).toEqual([]);
  });

  it('makes a review that waits in the other one outdated', async () => {
    const typo = await importRows('Lapm', [ada]);
    const right = await receiveCsv(db, {
      merchantId,
      campaign: 'Lamp',
      csv: [header, adaLater, ''].join('\n'),
      chunkRows: 2,
      review: true,
    });
    await processUpload(db, right.id);
    await merge(typo.campaignId, right.campaignId);
    await processUpload(db, typo.id);
    expect(await readDraft(db, right.id)).toMatchObject({ isOutdated: true });
    expect((await applyReview(db, right.id)).outcome).toBe('outdated');
    await processUpload(db, right.id);
    expect((await readDraft(db, right.id))?.totals?.records.pledge).toMatchObject({ created: 0, changed: 1 });
  });

  it('takes no history with it: what an upload has changed is worked out anew', async () => {
    const right = await importRows('Lamp', [ada]);
    const typo = await importRows('Lapm', [adaLater]);
    await finishDraft(db, (await requestHistory(db, typo.id)).draft.id);
    expect((await readDraft(db, typo.id))?.totals?.records.pledge).toMatchObject({ created: 1 });
    await merge(typo.campaignId, right.campaignId);
    await processUpload(db, typo.id);
    await finishDraft(db, (await requestHistory(db, typo.id)).draft.id);
    expect((await readDraft(db, typo.id))?.totals?.records.pledge).toMatchObject({ created: 0, changed: 1 });
    expect(await brokenChecks(db, typo.id)).toEqual([]);
  });

  it('is refused while units on hand are kept for an upload that is undone', async () => {
    const right = await importRows('Lamp', [ada]);
    const typo = await importRows('Lapm', [bo]);
    await db.prisma.inventory.updateMany({ where: { campaignId: typo.campaignId }, data: { onHand: 7 } });
    await finishDraft(db, (await startUndo(db, typo.id)).draftId);
    await expect(merge(typo.campaignId, right.campaignId)).rejects.toMatchObject({
      code: 'merge_refused',
      message: expect.stringContaining(typo.id),
    });
  });

  it('is refused while an upload of either runs, and says which', async () => {
    const right = await importRows('Lamp', [ada]);
    const typo = await receive('Lapm', [bo]);
    const refused = { code: 'merge_refused', message: expect.stringContaining(typo.id) };
    await expect(merge(typo.campaignId, right.campaignId)).rejects.toMatchObject(refused);
    await expect(merge(right.campaignId, typo.campaignId)).rejects.toMatchObject(refused);
  });

  it('is refused where something would be lost: rows of a canceled upload, or units on hand', async () => {
    const right = await importRows('Lamp', [ada]);
    const typo = await receive('Lapm', [bo, ada, '3,cy@example.com,Cy,5.00,DICE,3']);
    await processChunk(db, typo.chunkIds[0]);
    await cancelUpload(db, typo.id);
    await expect(merge(typo.campaignId, right.campaignId)).rejects.toMatchObject({
      code: 'merge_refused',
      message: expect.stringContaining('canceled'),
    });
    const stocked = await importRows('Stock', [bo]);
    await db.prisma.inventory.updateMany({ where: { campaignId: stocked.campaignId }, data: { onHand: 7 } });
    await expect(merge(stocked.campaignId, right.campaignId)).rejects.toMatchObject({
      code: 'merge_refused',
      message: expect.stringContaining('on hand'),
    });
  });

  it('is refused where the file of records is not there any more, because its upload was deleted', async () => {
    const right = await importRows('Lamp', [ada]);
    const typo = await importRows('Lapm', [bo]);
    await deleteUpload(db, merchantId, typo.id);
    const refused = { code: 'merge_refused', message: expect.stringContaining('"Lapm"') };
    await expect(merge(typo.campaignId, right.campaignId)).rejects.toMatchObject(refused);
    // Nobody knows whether its files were sent before or after the deleted one.
    await expect(merge(right.campaignId, typo.campaignId)).rejects.toMatchObject(refused);
    expect(await countRows(typo.campaignId)).toMatchObject({ pledge: 1, backer: 1 });
  });

  it('is not refused because an upload without records was deleted', async () => {
    const right = await importRows('Lamp', [ada]);
    const typo = await importRows('Lapm', [bo]);
    const canceled = await receive('Lapm', [adaLater]);
    await cancelUpload(db, canceled.id);
    await deleteUpload(db, merchantId, canceled.id);
    expect(await merge(typo.campaignId, right.campaignId)).toMatchObject({ outcome: 'merged' });
  });

  it('is refused when files were sent to both in turns, or the other one is archived', async () => {
    const typo = await importRows('Lapm', [ada]);
    const right = await importRows('Lamp', [adaLater]);
    await importRows('Lapm', [bo]);
    await expect(merge(typo.campaignId, right.campaignId)).rejects.toMatchObject({ code: 'merge_refused' });
    await changeCampaign(db, merchantId, right.campaignId, { archived: true }, anyState);
    await expect(merge(typo.campaignId, right.campaignId)).rejects.toMatchObject({
      code: 'campaign_archived',
    });
  });
});
