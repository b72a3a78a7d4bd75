import type pg from 'pg';
import type { Database } from '../../client.js';
import { inTransaction } from '../../transaction.js';
import { settleFinal } from '../settle/settle-upload.js';
import { chunkSources } from '../status/moves.js';
import { startChunksAgain } from '../uploads/start-chunks-again.js';
import { UploadError } from '../uploads/upload-error.js';
import { requireFree } from './hold.js';
import { openReview } from './open-review.js';
import { readRevision } from './revision.js';

/** What became of a review: it is imported, or made anew because the campaign has changed. Either way its chunks are to be enqueued. */
export interface AppliedReview {
  readonly outcome: 'applied' | 'outdated';
  readonly chunkIds: readonly string[];
}

/**
 * Imports an upload as its review has shown it. If the campaign has changed since, nothing is imported, and the review is made
 * anew.
 *
 * @throws UploadError `illegal_move` when the upload waits for no review, or while another upload is imported to the campaign;
 * `campaign_held`
 */
export function applyReview(db: Database, uploadId: string): Promise<AppliedReview> {
  return inTransaction(db.pool, async (client) => {
    const { campaignId, revision } = await holdReviewed(client, uploadId);
    await requireFree(client, campaignId);
    await requireQuiet(client, campaignId, uploadId);
    const isOutdated = revision !== (await readRevision(client, campaignId, uploadId));
    if (isOutdated) {
      await openReview(client, uploadId);
    } else {
      await client.query('UPDATE csv_upload SET review = false WHERE id = $1', [uploadId]);
      await client.query(`UPDATE draft SET status = 'DONE', updated_at = now() WHERE upload_id = $1`, [
        uploadId,
      ]);
    }
    return {
      outcome: isOutdated ? 'outdated' : 'applied',
      chunkIds: await startChunksAgain(client, uploadId),
    };
  });
}

/**
 * Ends a review: nothing of the upload is imported, and it is canceled.
 *
 * @throws UploadError `illegal_move` when the upload waits for no review
 */
export function discardReview(db: Database, uploadId: string): Promise<void> {
  return inTransaction(db.pool, async (client) => {
    await holdReviewed(client, uploadId);
    await dropReview(client, uploadId);
    await client.query(
      `UPDATE csv_upload_chunk SET status = 'CANCELED', updated_at = now()
       WHERE upload_id = $1 AND status = ANY ($2::"UploadStatus"[])`,
      [uploadId, chunkSources('CANCELED')],
    );
    await settleFinal(client, uploadId, 'CANCELED');
  });
}

/** Forgets what a review has found: its rows count as imported, and none of them was. The upload's row must be locked. */
export async function dropReview(client: pg.ClientBase, uploadId: string): Promise<void> {
  await startChunksAgain(client, uploadId, ['COMPLETED']);
  await client.query('DELETE FROM draft WHERE upload_id = $1', [uploadId]);
}

interface WaitingReview {
  readonly campaignId: string;
  readonly revision: string | null;
}

async function holdReviewed(client: pg.ClientBase, uploadId: string): Promise<WaitingReview> {
  const { rows } = await client.query<WaitingReview>(
    `SELECT u.campaign_id AS "campaignId", d.revision FROM csv_upload u JOIN draft d ON d.upload_id = u.id
     WHERE u.id = $1 AND u.status::text = 'NEEDS_REVIEW' AND d.kind = 'REVIEW' FOR UPDATE OF u`,
    [uploadId],
  );
  const [upload] = rows;
  if (upload !== undefined) return upload;
  throw new UploadError(
    'illegal_move',
    'Only an upload that waits for a review can be applied or discarded. GET …/changes shows what an upload has changed.',
  );
}

/** While rows of another upload are written, nobody knows what this one would change. */
async function requireQuiet(client: pg.ClientBase, campaignId: string, uploadId: string): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM csv_upload
     WHERE campaign_id = $1 AND id <> $2 AND NOT review AND status IN ('PENDING', 'PROCESSING') AND sealed_at IS NOT NULL
     ORDER BY id LIMIT 1`,
    [campaignId, uploadId],
  );
  if (!rows[0]) return;
  throw new UploadError(
    'illegal_move',
    `The upload ${rows[0].id} is being imported to the same campaign. Wait for its end, look at the changes again, and then apply them.`,
  );
}
