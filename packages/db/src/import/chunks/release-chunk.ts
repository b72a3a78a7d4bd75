import { storableText } from '@pledgeline/csv-core';
import type { Database } from '../../client.js';
import { settleIfDone } from '../settle/settle-upload.js';
import type { ClaimedChunk } from './claim-chunk.js';

/** `again`: attempts are left. `failed`: they are used up. `lost`: the chunk no longer belonged to this attempt. */
export type ReleaseOutcome = 'again' | 'failed' | 'lost';

const MAX_ERROR_LENGTH = 1_000;

/**
 * Gives a chunk back after a failed attempt: as `PENDING` for the next one, or as `FAILED` with the reason, which settles
 * the upload if no other chunk is open.
 */
export async function releaseChunk(
  db: Database,
  chunk: Pick<ClaimedChunk, 'id' | 'uploadId' | 'token'>,
  { reason, maxAttempts }: { readonly reason: string; readonly maxAttempts: number },
): Promise<ReleaseOutcome> {
  const outcome = await releaseWithToken(db, chunk, reason, maxAttempts);
  if (outcome === 'failed') await settleIfDone(db, chunk.uploadId);
  return outcome;
}

/** As {@link releaseChunk}, without the settlement. */
export async function releaseWithToken(
  db: Database,
  chunk: Pick<ClaimedChunk, 'id' | 'token'>,
  reason: string,
  maxAttempts: number,
): Promise<ReleaseOutcome> {
  const { rows } = await db.pool.query<{ status: string }>(
    `UPDATE csv_upload_chunk
     SET status = (CASE WHEN attempts < $4 THEN 'PENDING' ELSE 'FAILED' END)::"UploadStatus",
         attempt_token = NULL, lease_until = NULL, last_error = $3, updated_at = now(),
         finished_at = CASE WHEN attempts < $4 THEN NULL ELSE now() END
     WHERE id = $1 AND attempt_token = $2 AND status = 'PROCESSING' RETURNING status`,
    [chunk.id, chunk.token, storableText(reason.slice(0, MAX_ERROR_LENGTH)), maxAttempts],
  );
  const status = rows[0]?.status;
  return status === undefined ? 'lost' : status === 'FAILED' ? 'failed' : 'again';
}
