import type { Database } from '../../client.js';
import { inTransaction } from '../../transaction.js';
import { requireNotHeld } from '../drafts/hold.js';
import { uploadSources } from '../status/moves.js';
import { UploadError } from './upload-error.js';

/**
 * Puts the failed chunks of a failed upload back to `PENDING` with all attempts again; completed chunks are never
 * processed again. Lost workers stay counted, so a chunk that stops its workers is refused in the end. Returns the ids to enqueue.
 *
 * @throws UploadError `illegal_move` when the upload has not failed or has no failed chunk, `campaign_held`
 */
export function retryUpload(db: Database, uploadId: string): Promise<readonly string[]> {
  return inTransaction(db.pool, async (client) => {
    await requireNotHeld(client, uploadId);
    const moved = await client.query(
      `UPDATE csv_upload SET status = 'PROCESSING', finished_at = NULL, failure_code = NULL, failure_message = NULL,
         statistics = NULL
       WHERE id = $1 AND status = 'FAILED' AND status = ANY ($2::"UploadStatus"[]) AND sealed_at IS NOT NULL`,
      [uploadId, uploadSources('PROCESSING')],
    );
    const { rows } = await client.query<{ id: string }>(
      `UPDATE csv_upload_chunk SET status = 'PENDING', attempts = 0, last_error = NULL, updated_at = now()
       WHERE upload_id = $1 AND status = 'FAILED' RETURNING id`,
      [uploadId],
    );
    if (moved.rowCount === 1 && rows.length > 0) {
      await client.query(
        `UPDATE draft SET status = 'BUILDING', updated_at = now()
         WHERE upload_id = $1 AND kind = 'REVIEW' AND status = 'FAILED'`,
        [uploadId],
      );
      return rows.map((row) => row.id);
    }
    throw new UploadError(
      'illegal_move',
      'Only an upload with failed chunks can be retried. A file that could not be read must be sent again.',
    );
  });
}
