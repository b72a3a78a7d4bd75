import { storableText } from '@pledgeline/csv-core';
import type pg from 'pg';
import type { Database } from '../../client.js';
import { inTransaction } from '../../transaction.js';
import { lockUpload, settleUpload } from '../settle/settle-upload.js';
import type { ClaimedChunk } from './claim-chunk.js';

/** `again`: attempts are left. `failed`: they are used up. `lost`: the chunk no longer belonged to this attempt. */
export type ReleaseOutcome = 'again' | 'failed' | 'lost';

const MAX_ERROR_LENGTH = 1_000;

/**
 * Gives a chunk back after a failed attempt: as `PENDING` for the next one, or as `FAILED` with the reason, which settles
 * the upload if no other chunk is open.
 */
export function releaseChunk(
  db: Database,
  chunk: Pick<ClaimedChunk, 'id' | 'uploadId' | 'token'>,
  { reason, maxAttempts }: { readonly reason: string; readonly maxAttempts: number },
): Promise<ReleaseOutcome> {
  return inTransaction(db.pool, (client) => releaseWithToken(client, chunk, reason, maxAttempts));
}

/** As {@link releaseChunk}, in the caller's transaction. */
export async function releaseWithToken(
  client: pg.PoolClient,
  chunk: Pick<ClaimedChunk, 'id' | 'uploadId' | 'token'>,
  reason: string,
  maxAttempts: number,
): Promise<ReleaseOutcome> {
  await lockUpload(client, chunk.uploadId);
  const { rows } = await client.query<{ status: string }>(
    `UPDATE csv_upload_chunk
     SET status = (CASE WHEN attempts < $4 THEN 'PENDING' ELSE 'FAILED' END)::"UploadStatus",
         attempt_token = NULL, lease_until = NULL, last_error = $3, updated_at = now(),
         finished_at = CASE WHEN attempts < $4 THEN NULL ELSE now() END
     WHERE id = $1 AND attempt_token = $2 AND status = 'PROCESSING' RETURNING status`,
    [chunk.id, chunk.token, storableText(reason.slice(0, MAX_ERROR_LENGTH)), maxAttempts],
  );
  const status = rows[0]?.status;
  if (status === 'FAILED') await settleUpload(client, chunk.uploadId);
  return status === undefined ? 'lost' : status === 'FAILED' ? 'failed' : 'again';
}
