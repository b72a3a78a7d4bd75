import type pg from 'pg';
import type { Database } from '../../client.js';
import { keepNotifications } from '../../outcome/keep-notifications.js';
import { inTransaction } from '../../transaction.js';
import { requireFree } from '../drafts/hold.js';
import { checkUpload, type UploadCheck } from './change-upload.js';
import { UploadError } from './upload-error.js';

/**
 * Deletes an upload that has ended: with its files, chunks, rejected rows and issues, and its idempotency key is free. The
 * records that it wrote stay. Their version columns name its sequence, which no other upload of the campaign ever gets, so
 * merges go on as before.
 *
 * @throws UploadError `illegal_move` when it has not ended, `campaign_held`
 */
export function deleteUpload(
  db: Database,
  merchantId: string,
  uploadId: string,
  check?: UploadCheck,
): Promise<void> {
  return inTransaction(db.pool, async (client) => {
    const { rows } = await client.query<{ campaign_id: string }>(
      `SELECT campaign_id FROM csv_upload WHERE id = $1 AND status IN ('COMPLETED', 'FAILED', 'CANCELED', 'UNDONE') FOR UPDATE`,
      [uploadId],
    );
    const [upload] = rows;
    if (upload === undefined) {
      throw new UploadError(
        'illegal_move',
        'Only an upload that has ended can be deleted. Cancel it first, or wait for its end.',
      );
    }
    await requireFree(client, upload.campaign_id);
    await checkUpload(client, merchantId, uploadId, check);
    await keepNotifications(client, uploadId);
    await noteOrphanRecords(client, uploadId, upload.campaign_id);
    await client.query('DELETE FROM csv_upload WHERE id = $1', [uploadId]);
  });
}

/** For merges of the campaign, which import files again: they would lose records whose file is gone. */
async function noteOrphanRecords(client: pg.ClientBase, uploadId: string, campaignId: string): Promise<void> {
  await client.query(
    `UPDATE campaign SET has_orphan_records = true
     WHERE id = $2 AND NOT has_orphan_records
       AND EXISTS (SELECT 1 FROM csv_upload_chunk c JOIN csv_upload u ON u.id = c.upload_id
                   WHERE u.id = $1 AND c.imported_count > 0 AND u.status <> 'UNDONE' AND NOT u.review)`,
    [uploadId, campaignId],
  );
}
