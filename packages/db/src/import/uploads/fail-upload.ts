import { storableText } from '@pledgeline/csv-core';
import type { Database } from '../../client.js';
import { notifyOutcome } from '../../outcome/notify-outcome.js';
import { inTransaction } from '../../transaction.js';

export interface UploadFailure {
  /** Stable. */
  readonly code: string;
  /** For the merchant: what is wrong with the file and what to do. */
  readonly message: string;
}

/** Fails an upload that is being received and got no bytes for this long: its process is dead. Returns whether it was one. */
export function failSilentUpload(db: Database, uploadId: string, silentForMs: number): Promise<boolean> {
  const message = 'The file stopped coming before its end. Send it again.';
  return failUpload(db, uploadId, { code: 'upload_interrupted', message }, { silentForMs });
}

/**
 * Fails an upload that is being received: `FAILED` with the reason, its chunks removed, its idempotency key freed, so that
 * the file can be sent again with it. Changes nothing and returns false when the upload is sealed or final already, or
 * received bytes within the last `silentForMs`.
 */
export async function failUpload(
  db: Database,
  uploadId: string,
  failure: UploadFailure,
  { silentForMs = 0 }: { readonly silentForMs?: number } = {},
): Promise<boolean> {
  return inTransaction(db.pool, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE csv_upload SET status = 'FAILED', failure_code = $2, failure_message = $3, finished_at = now(),
         idempotency_key = NULL
       WHERE id = $1 AND sealed_at IS NULL AND status = 'PENDING'
         AND received_at <= clock_timestamp() - $4 * interval '1 millisecond'`,
      [uploadId, failure.code, storableText(failure.message), silentForMs],
    );
    if (rowCount !== 1) return false;
    await client.query('DELETE FROM csv_upload_chunk WHERE upload_id = $1', [uploadId]);
    await notifyOutcome(client, uploadId);
    return true;
  });
}
