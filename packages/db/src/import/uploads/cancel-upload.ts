import type { Database } from '../../client.js';
import { inTransaction } from '../../transaction.js';
import { dropReview } from '../drafts/end-review.js';
import { requireNotHeld } from '../drafts/hold.js';
import { settleFinal } from '../settle/settle-upload.js';
import { chunkSources, uploadSources } from '../status/moves.js';
import { UploadError } from './upload-error.js';

/**
 * Stops an upload at once: open chunks are canceled and a running attempt loses its token, so that its write is
 * refused. Finished chunks stay, and the report says so; those of a review have written nothing, and are canceled as well.
 *
 * @throws UploadError `illegal_move` when the upload is final or still being received, `campaign_held`
 */
export function cancelUpload(db: Database, uploadId: string): Promise<void> {
  return inTransaction(db.pool, async (client) => {
    const { rows } = await client.query<{ status: string; review: boolean }>(
      `SELECT status, review FROM csv_upload
       WHERE id = $1 AND status = ANY ($2::"UploadStatus"[]) AND sealed_at IS NOT NULL FOR UPDATE`,
      [uploadId, uploadSources('CANCELED')],
    );
    const [upload] = rows;
    await requireNotHeld(client, uploadId);
    if (upload === undefined) {
      throw new UploadError('illegal_move', 'Only an upload that is waiting or in progress can be canceled.');
    }
    // One that was not begun has found nothing.
    if (upload.review && upload.status !== 'PENDING') await dropReview(client, uploadId);
    const { rowCount } = await client.query(
      `UPDATE csv_upload_chunk SET status = 'CANCELED', attempt_token = NULL, lease_until = NULL, updated_at = now()
       WHERE upload_id = $1 AND status = ANY ($2::"UploadStatus"[])`,
      [uploadId, chunkSources('CANCELED')],
    );
    // Its worker, or the sweep, is about to settle it.
    if (upload.status === 'PROCESSING' && rowCount === 0) {
      throw new UploadError(
        'illegal_move',
        'Every row of the upload is processed: there is nothing left to cancel.',
      );
    }
    // A draft may have taken hold in between: its campaign is locked now.
    await settleFinal(client, uploadId, 'CANCELED');
  });
}
