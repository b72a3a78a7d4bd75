import type { Database } from '../../client.js';
import { inTransaction } from '../../transaction.js';
import { settleFinal } from '../settle/settle-upload.js';
import { chunkSources, uploadSources } from '../status/moves.js';
import { UploadError } from './upload-error.js';

/**
 * Stops an upload at once: open chunks are canceled and a running attempt loses its token, so that its write is
 * refused. Finished chunks stay, and the report says so.
 *
 * @throws UploadError `illegal_move` when the upload is final or still being received.
 */
export function cancelUpload(db: Database, uploadId: string): Promise<void> {
  return inTransaction(db.pool, async (client) => {
    const { rows } = await client.query(
      `SELECT id FROM csv_upload
       WHERE id = $1 AND status = ANY ($2::"UploadStatus"[]) AND sealed_at IS NOT NULL FOR UPDATE`,
      [uploadId, uploadSources('CANCELED')],
    );
    if (rows.length === 0) {
      throw new UploadError('illegal_move', 'Only an upload that is waiting or in progress can be canceled.');
    }
    await client.query(
      `UPDATE csv_upload_chunk SET status = 'CANCELED', attempt_token = NULL, lease_until = NULL, updated_at = now()
       WHERE upload_id = $1 AND status = ANY ($2::"UploadStatus"[])`,
      [uploadId, chunkSources('CANCELED')],
    );
    await settleFinal(client, uploadId, 'CANCELED');
  });
}
