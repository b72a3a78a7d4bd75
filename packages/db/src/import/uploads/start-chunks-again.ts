import type pg from 'pg';
import type { UploadStatus } from '../../generated/prisma/client.js';
import { chunkSources, uploadSources } from '../status/moves.js';

/**
 * Puts an upload back to where the rows of these chunks were not imported, and returns the ids of the chunks, to be enqueued. Lost
 * workers stay counted, as for a retry.
 *
 * @param which the statuses of the chunks that start again; default all that have ended
 */
export async function startChunksAgain(
  client: pg.ClientBase,
  uploadId: string,
  which: readonly UploadStatus[] = chunkSources('PENDING'),
): Promise<readonly string[]> {
  await client.query(
    `UPDATE csv_upload SET status = 'PROCESSING', started_at = now(), finished_at = NULL, statistics = NULL,
       failure_code = NULL, failure_message = NULL, gone_count = 0, back_count = 0
     WHERE id = $1 AND status = ANY ($2::"UploadStatus"[])`,
    [uploadId, uploadSources('PROCESSING')],
  );
  const { rows } = await client.query<{ id: string }>(
    `UPDATE csv_upload_chunk
     SET status = 'PENDING', attempts = 0, for_review = false, imported_count = 0, rejected_count = 0, left_out_count = 0, result = NULL,
         errors = NULL, last_error = NULL, finished_at = NULL, updated_at = now()
     WHERE upload_id = $1 AND status = ANY ($2::"UploadStatus"[]) AND status = ANY ($3::"UploadStatus"[]) RETURNING id`,
    [uploadId, chunkSources('PENDING'), which],
  );
  return rows.map(({ id }) => id);
}
