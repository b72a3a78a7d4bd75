import { findPlatform } from '@pledgeline/csv-core';
import { findOrderGrouping } from '@pledgeline/csv-core/map';
import type pg from 'pg';
import { z } from 'zod';
import type { Database } from '../../client.js';
import { notifyOutcome } from '../../outcome/notify-outcome.js';
import { inTransaction } from '../../transaction.js';
import { deriveGone } from '../gone/settle-gone.js';
import { mapFile, namePlatform } from '../mappings/map-files.js';
import { allowTime } from '../settle/allow-time.js';
import { lockRecounted, recountOthers } from '../settle/recount-campaign.js';
import { recomputeInventory } from '../settle/settle-upload.js';
import { uploadSources } from '../status/moves.js';
import { startChunksAgain } from '../uploads/start-chunks-again.js';
import { type ClaimedDraft, LostDraftError } from './claim-draft.js';
import { releaseCampaign } from './hold.js';
import type { RemappedFile } from './remapped-file.js';

/**
 * Ends a draft whose records are all written. After an undo the upload is `UNDONE`. With other columns, its chunks wait to be
 * imported again: their ids are returned.
 *
 * @throws LostDraftError
 */
export function finishDraft(db: Database, draft: ClaimedDraft): Promise<readonly string[]> {
  return inTransaction(db.pool, async (client) => {
    const { uploadId, campaignId } = draft;
    await lockRecounted(client, { id: uploadId, campaignId });
    await allowTime(client, campaignId);
    await client.query('SELECT 1 FROM campaign WHERE id = $1 FOR UPDATE', [campaignId]);
    await deriveGone(client, campaignId, null);
    await recomputeInventory(client, campaignId);
    const chunkIds = draft.kind === 'UNDO' ? await endUndo(client, draft) : await importAgain(client, draft);
    // At last, because its row is locked then, and its lease can no longer be renewed.
    await endDraft(client, draft);
    await releaseCampaign(client, draft.id);
    await db.faultPoint('draft.finished');
    return chunkIds;
  });
}

async function endDraft(client: pg.ClientBase, { id, token }: ClaimedDraft): Promise<void> {
  const { rowCount } = await client.query(
    `UPDATE draft SET status = 'DONE', lease_token = NULL, lease_until = NULL, last_error = NULL, updated_at = now(),
       finished_at = now()
     WHERE id = $1 AND lease_token = $2 AND status = 'APPLYING'`,
    [id, token],
  );
  if (rowCount !== 1) throw new LostDraftError(id);
  await client.query('DELETE FROM draft_part WHERE draft_id = $1', [id]);
}

async function endUndo(
  client: pg.PoolClient,
  { uploadId, campaignId }: ClaimedDraft,
): Promise<readonly string[]> {
  await client.query(
    `UPDATE csv_upload SET status = 'UNDONE', finished_at = now(), statistics = NULL, failure_code = NULL, failure_message = NULL
     WHERE id = $1 AND status = ANY ($2::"UploadStatus"[])`,
    [uploadId, uploadSources('UNDONE')],
  );
  await recountOthers(client, { id: uploadId, campaignId });
  await notifyOutcome(client, uploadId);
  return [];
}

async function importAgain(
  client: pg.ClientBase,
  { uploadId, files }: ClaimedDraft,
): Promise<readonly string[]> {
  for (const file of files) await readOtherwise(client, uploadId, file);
  await namePlatform(client, uploadId);
  return startChunksAgain(client, uploadId, ['COMPLETED', 'FAILED']);
}

async function readOtherwise(client: pg.ClientBase, uploadId: string, file: RemappedFile): Promise<void> {
  // What was found out with the columns of before.
  await client.query(
    `UPDATE csv_upload_chunk SET sibling_rows = '{}' WHERE upload_id = $1 AND file_index = $2 AND cardinality(sibling_rows) > 0`,
    [uploadId, file.fileIndex],
  );
  await mapFile(client, uploadId, { ...file, orders: await findOrders(client, uploadId, file) });
}

const headersSchema = z.array(z.string());

async function findOrders(
  client: pg.ClientBase,
  uploadId: string,
  { fileIndex, platform, columns }: RemappedFile,
) {
  const { rows } = await client.query<{ headers: unknown }>(
    'SELECT headers FROM csv_upload_file WHERE upload_id = $1 AND index = $2',
    [uploadId, fileIndex],
  );
  const known = findPlatform(platform);
  const headers = headersSchema.safeParse(rows[0]?.headers);
  return known && headers.success ? findOrderGrouping(headers.data, known, columns ?? undefined) : null;
}
