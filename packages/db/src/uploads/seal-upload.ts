import type { Detection } from '@pledgeline/csv-core';
import type { Database } from '../client.js';
import { recordNotification } from '../settle/record-notification.js';
import { inTransaction } from '../transaction.js';
import { UploadError } from './upload-error.js';

export interface Seal {
  readonly rowCount: number;
  readonly chunkCount: number;
  /** Bytes received, before decompression. */
  readonly byteCount: number;
  /** Lower-case hex SHA-256 of the bytes received. */
  readonly sha256: string;
  /** The platform to map with: the client's word or the detected one; null when neither is known. */
  readonly platform: string | null;
  readonly detection: Detection;
}

/** A sealed upload: complete, and from now on the workers' business. */
export interface SealedUpload {
  readonly status: 'PENDING' | 'NEEDS_MAPPING';
  /** Ids in file order, to be enqueued. Empty when the upload needs a mapping first. */
  readonly chunkIds: readonly string[];
}

/**
 * Ends receiving in one statement: totals, hash, platform and status. Until it commits no worker sees the
 * upload.
 *
 * @throws UploadError `upload_not_open`
 */
export function sealUpload(db: Database, uploadId: string, seal: Seal): Promise<SealedUpload> {
  const status = seal.platform === null ? 'NEEDS_MAPPING' : 'PENDING';
  return inTransaction(db.pool, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE csv_upload SET sealed_at = now(), received_at = now(), status = $2::"UploadStatus",
         row_count = $3, chunk_count = $4, byte_count = $5, sha256 = $6, platform = $7, confidence = $8,
         detection = $9
       WHERE id = $1 AND sealed_at IS NULL AND status = 'PENDING'`,
      [
        uploadId,
        status,
        seal.rowCount,
        seal.chunkCount,
        seal.byteCount,
        seal.sha256,
        seal.platform,
        seal.detection.confidence,
        JSON.stringify(seal.detection),
      ],
    );
    if (rowCount !== 1)
      throw new UploadError('upload_not_open', `The upload ${uploadId} is not open any more.`);
    if (status === 'NEEDS_MAPPING') {
      const message = `The columns of the file are not those of a known platform: ${seal.detection.reasons.join('; ')}.`;
      await recordNotification(client, uploadId, 'upload.needs_mapping', message);
      return { status, chunkIds: [] };
    }
    const { rows } = await client.query<{ id: string }>(
      'SELECT id FROM csv_upload_chunk WHERE upload_id = $1 ORDER BY index',
      [uploadId],
    );
    return { status, chunkIds: rows.map((row) => row.id) };
  });
}

export interface UploadFailure {
  /** Stable. */
  readonly code: string;
  /** For the merchant: what is wrong with the file and what to do. */
  readonly message: string;
}

/**
 * Gives up on an upload that is being received: `FAILED` with the reason, its chunks removed. Does nothing when
 * the upload is sealed or final already, or has given a sign of life within `silentForMs`.
 */
export async function failUpload(
  db: Database,
  uploadId: string,
  failure: UploadFailure,
  { silentForMs = 0 }: { readonly silentForMs?: number } = {},
): Promise<boolean> {
  return inTransaction(db.pool, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE csv_upload SET status = 'FAILED', failure_code = $2, failure_message = $3, finished_at = now()
       WHERE id = $1 AND sealed_at IS NULL AND status = 'PENDING'
         AND received_at <= clock_timestamp() - $4 * interval '1 millisecond'`,
      [uploadId, failure.code, failure.message, silentForMs],
    );
    if (rowCount !== 1) return false;
    await client.query('DELETE FROM csv_upload_chunk WHERE upload_id = $1', [uploadId]);
    await recordNotification(
      client,
      uploadId,
      'upload.failed',
      `The file could not be imported: ${failure.message}`,
    );
    return true;
  });
}
