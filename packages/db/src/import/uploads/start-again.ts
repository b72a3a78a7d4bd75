import type pg from 'pg';
import { chunkSources, uploadSources } from '../status/moves.js';

/**
 * Puts an upload back to where no row was imported, and returns its chunks, to be enqueued. Lost workers stay counted, as for a
 * retry. The upload's row must be locked.
 */
export async function startAgain(client: pg.ClientBase, uploadId: string): Promise<readonly string[]> {
  await client.query(
    `UPDATE csv_upload SET status = 'PROCESSING', started_at = now(), finished_at = NULL, statistics = NULL,
       failure_code = NULL, failure_message = NULL
     WHERE id = $1 AND status = ANY ($2::"UploadStatus"[])`,
    [uploadId, uploadSources('PROCESSING')],
  );
  const { rows } = await client.query<{ id: string }>(
    `UPDATE csv_upload_chunk
     SET status = 'PENDING', attempts = 0, imported_count = 0, rejected_count = 0, left_out_count = 0, result = NULL,
         errors = NULL, last_error = NULL, finished_at = NULL, updated_at = now()
     WHERE upload_id = $1 AND status = ANY ($2::"UploadStatus"[]) RETURNING id`,
    [uploadId, chunkSources('PENDING')],
  );
  return rows.map(({ id }) => id);
}
