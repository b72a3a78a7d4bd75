import type pg from 'pg';
import type { Database } from '../../client.js';
import { inTransaction } from '../../transaction.js';
import { requireFree } from '../drafts/hold.js';
import { openReview } from '../drafts/open-review.js';
import { startChunksAgain } from '../uploads/start-chunks-again.js';
import { UploadError } from '../uploads/upload-error.js';
import { type CampaignCheck, lockCampaign } from './campaign-report.js';
import { markDeleted } from './change-campaign.js';
import { type MergedUpload, planSequences, requireMergeable } from './plan-merge.js';

/** An upload that is imported or compared again, and its chunks, to be enqueued. */
export interface MovedUpload {
  readonly id: string;
  readonly chunkIds: readonly string[];
}

/** `from` or `into`: the merchant has no such campaign. */
export type Merge =
  | { readonly outcome: 'merged'; readonly uploads: readonly MovedUpload[] }
  | { readonly outcome: 'missing'; readonly which: 'from' | 'into' };

/**
 * Merges a campaign into another one. Its uploads move there, in the order in which they were sent, and their kept rows are
 * imported again, because the ids of records are made of the campaign. So the tables are those that the files would have
 * made there. One that waits for a review is compared again, with that campaign. The campaign itself is deleted, with the records that it has.
 *
 * @throws UploadError `merge_refused`, `campaign_archived`, `campaign_held`
 */
export function mergeCampaigns(
  db: Database,
  merchantId: string,
  { from, into }: { readonly from: string; readonly into: string },
  check: CampaignCheck,
): Promise<Merge> {
  return inTransaction(db.pool, async (client): Promise<Merge> => {
    await lockUploads(client, merchantId, [from, into]);
    const [first, second] = from < into ? [from, into] : [into, from];
    const locked = [
      await lockCampaign(client, merchantId, first),
      await lockCampaign(client, merchantId, second),
    ];
    const source = locked.find((each) => each?.id === from);
    const target = locked.find((each) => each?.id === into);
    if (!source) return { outcome: 'missing', which: 'from' };
    if (!target) return { outcome: 'missing', which: 'into' };
    for (const id of [first, second]) await requireFree(client, id);
    check(source);
    if (target.archivedAt !== null) {
      throw new UploadError(
        'campaign_archived',
        `The campaign "${target.name}" is archived. Open it again with PATCH /v1/campaigns/${into} and {"archived": false}, then merge.`,
      );
    }
    // Read again: an upload may have been opened before the campaigns were locked. It is open, so the merge is refused.
    const uploads = await readUploads(client, from);
    const others = await readUploads(client, into);
    requireMergeable(uploads, others);
    await requireNoOrphanRecords(client, [from, into]);
    await requireNoUnitsOnHand(client, from);
    const moved = await moveUploads(
      client,
      into,
      planSequences(uploads, others, await readLastSequence(client, into)),
    );
    await markDeleted(client, from);
    return { outcome: 'merged', uploads: moved };
  });
}

/** Before the campaigns, as every transaction does it. */
async function lockUploads(client: pg.ClientBase, merchantId: string, campaigns: readonly string[]) {
  await client.query(
    'SELECT 1 FROM csv_upload WHERE merchant_id = $1 AND campaign_id = ANY ($2::uuid[]) ORDER BY id FOR UPDATE',
    [merchantId, campaigns],
  );
}

async function readUploads(client: pg.ClientBase, campaignId: string): Promise<readonly MergedUpload[]> {
  const { rows } = await client.query<MergedUpload>(
    `SELECT u.id, u.sequence, u.status, u.filename, u.created_at AS "createdAt", u.sealed_at IS NOT NULL AS "isSealed",
            u.row_count AS "rowCount", coalesce(kept.rows, 0)::int AS "keptRows", coalesce(kept.imported, 0)::int AS "importedRows"
     FROM csv_upload u CROSS JOIN LATERAL (
       SELECT sum(row_count) AS rows, sum(imported_count) AS imported FROM csv_upload_chunk WHERE upload_id = u.id) kept
     WHERE u.campaign_id = $1 ORDER BY u.sequence`,
    [campaignId],
  );
  return rows;
}

async function readLastSequence(client: pg.ClientBase, campaignId: string): Promise<number> {
  const { rows } = await client.query<{ last: number }>(
    'SELECT last_upload_sequence AS last FROM campaign WHERE id = $1',
    [campaignId],
  );
  return rows[0]?.last ?? 0;
}

/**
 * Those of the one campaign would be lost with it. Those of the other one stay, but nobody knows any more whether their file was
 * sent before or after the others.
 */
async function requireNoOrphanRecords(client: pg.ClientBase, campaigns: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT name FROM campaign WHERE id = ANY ($1::uuid[]) AND has_orphan_records ORDER BY id LIMIT 1',
    [campaigns],
  );
  if (!rows[0]) return;
  throw new UploadError(
    'merge_refused',
    `An upload to "${rows[0].name}" was deleted after its rows were imported. Its records are still there, and a merge would need its file. Send the files to the right campaign again, oldest first, and delete the other one.`,
  );
}

/** They are set by hand and in no file, so they would be lost with the products of the campaign, or with the draft of an undo. */
async function requireNoUnitsOnHand(client: pg.ClientBase, campaignId: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT p.name FROM inventory i JOIN product p ON p.id = i.product_id
     WHERE i.campaign_id = $1 AND i.on_hand IS NOT NULL ORDER BY p.id LIMIT 1`,
    [campaignId],
  );
  const kept = await client.query<{ id: string }>(
    `SELECT u.id FROM draft d JOIN csv_upload u ON u.id = d.upload_id
     WHERE u.campaign_id = $1 AND u.status::text = 'UNDONE' AND d.on_hand <> '{}' ORDER BY u.id LIMIT 1`,
    [campaignId],
  );
  if (kept.rows[0]) {
    throw new UploadError(
      'merge_refused',
      `Units on hand were set for products that only the upload ${kept.rows[0].id} names, which is undone, and they are in no file. Delete that upload, or bring it back, note them, and set them to null; then merge.`,
    );
  }
  if (!rows[0]) return;
  throw new UploadError(
    'merge_refused',
    `Units on hand were set for "${rows[0].name}", and they are in no file. Note them, set them to null, merge, and set them in the other campaign.`,
  );
}

async function moveUploads(
  client: pg.ClientBase,
  into: string,
  plan: readonly (MergedUpload & { readonly newSequence: number })[],
): Promise<readonly MovedUpload[]> {
  const moved: MovedUpload[] = [];
  for (const upload of plan) {
    await client.query('UPDATE csv_upload SET campaign_id = $2, sequence = $3 WHERE id = $1', [
      upload.id,
      into,
      upload.newSequence,
    ]);
    // What it would become, or has changed, in the campaign that is gone.
    await client.query('DELETE FROM draft WHERE upload_id = $1', [upload.id]);
    if (!isImportedAgain(upload)) continue;
    await openReview(client, upload.id);
    moved.push({ id: upload.id, chunkIds: await startChunksAgain(client, upload.id) });
  }
  await client.query(
    `UPDATE campaign SET unconfirmed = false, has_complete_uploads = has_complete_uploads OR moved.complete,
       last_upload_sequence = greatest(last_upload_sequence, moved.sequence)
     FROM (SELECT max(sequence) AS sequence, bool_or(complete) AS complete FROM csv_upload WHERE campaign_id = $1) moved
     WHERE id = $1`,
    [into],
  );
  return moved;
}

const isImportedAgain = ({ status, isSealed }: MergedUpload): boolean =>
  status === 'COMPLETED' || status === 'NEEDS_REVIEW' || (status === 'FAILED' && isSealed);
