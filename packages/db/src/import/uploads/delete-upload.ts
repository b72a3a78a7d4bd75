import type { Database } from '../../client.js';
import { keepNotifications } from '../../outcome/keep-notifications.js';
import { inTransaction } from '../../transaction.js';
import { UploadError } from './upload-error.js';

/**
 * Deletes an upload that has ended: with its files, chunks, rejected rows and issues, and its idempotency key is free. The
 * records that it wrote stay. Their version columns name its sequence, which no other upload of the campaign ever gets, so
 * merges go on as before.
 *
 * @throws UploadError `illegal_move` when it has not ended
 */
export function deleteUpload(db: Database, uploadId: string): Promise<void> {
  return inTransaction(db.pool, async (client) => {
    const { rowCount } = await client.query(
      `SELECT 1 FROM csv_upload WHERE id = $1 AND status IN ('COMPLETED', 'FAILED', 'CANCELED') FOR UPDATE`,
      [uploadId],
    );
    if (rowCount !== 1) {
      throw new UploadError(
        'illegal_move',
        'Only an upload that has ended can be deleted. Cancel it first, or wait for its end.',
      );
    }
    await keepNotifications(client, uploadId);
    await client.query('DELETE FROM csv_upload WHERE id = $1', [uploadId]);
  });
}
