import type { RowChunk } from '@pledgeline/csv-core';
import type { Database } from '../client.js';
import { newId } from '../ids.js';
import { UploadError } from './upload-error.js';

/**
 * Writes chunks of an upload that is being received and notes the sign of life. Secret columns must be blank
 * already.
 *
 * @throws UploadError `upload_not_open` when the upload has failed or was canceled meanwhile.
 */
export async function storeChunks(
  db: Database,
  uploadId: string,
  chunks: readonly RowChunk[],
): Promise<void> {
  const { rowCount } = await db.pool.query(
    `WITH upload AS (
       UPDATE csv_upload SET received_at = now()
       WHERE id = $1 AND sealed_at IS NULL AND status = 'PENDING' RETURNING id)
     INSERT INTO csv_upload_chunk (id, upload_id, index, first_row, row_count, lines, data)
     SELECT chunk.id, upload.id, chunk.index, chunk.first_row, chunk.row_count,
            ARRAY(SELECT jsonb_array_elements_text(chunk.lines)::int), chunk.data
     FROM upload, unnest($2::uuid[], $3::int[], $4::int[], $5::int[], $6::jsonb[], $7::json[])
       AS chunk (id, index, first_row, row_count, lines, data)`,
    [
      uploadId,
      chunks.map(() => newId()),
      chunks.map((chunk) => chunk.index),
      chunks.map((chunk) => chunk.firstRow),
      chunks.map((chunk) => chunk.rows.length),
      chunks.map((chunk) => JSON.stringify(chunk.lines)),
      chunks.map((chunk) => JSON.stringify({ headers: chunk.headers, rows: chunk.rows })),
    ],
  );
  if (rowCount !== chunks.length) throw notOpen(uploadId);
}

/** Says that bytes still arrive, though no chunk is full yet. */
export async function touchUpload(db: Database, uploadId: string): Promise<void> {
  const { rowCount } = await db.pool.query(
    `UPDATE csv_upload SET received_at = now() WHERE id = $1 AND sealed_at IS NULL AND status = 'PENDING'`,
    [uploadId],
  );
  if (rowCount !== 1) throw notOpen(uploadId);
}

function notOpen(uploadId: string): UploadError {
  return new UploadError(
    'upload_not_open',
    `The upload ${uploadId} was given up or canceled while it was received. Send the file again.`,
  );
}
