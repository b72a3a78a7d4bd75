import { storableText } from '@pledgeline/csv-core';
import type { Database } from '../../client.js';
import { settleIfDone } from '../settle/settle-upload.js';
import type { ClaimedChunk } from './claim-chunk.js';

/** `again`: attempts are left. `failed`: they are used up. `lost`: the chunk no longer belonged to this attempt. */
export type ReleaseOutcome = 'again' | 'failed' | 'lost';

const MAX_ERROR_LENGTH = 1_000;

/** Why a chunk is given back. */
export interface Release {
  /** A sentence for the merchant. */
  readonly reason: string;
  readonly maxAttempts: number;
  /** Whether a server was at fault: then the attempt does not count, and the chunk is tried again however long that takes. */
  readonly isServerFault?: boolean;
}

/**
 * Gives a chunk back after a failed attempt: as `PENDING` for the next one, or as `FAILED` with the reason, which settles
 * the upload if no other chunk is open.
 */
export async function releaseChunk(
  db: Database,
  chunk: Pick<ClaimedChunk, 'id' | 'uploadId' | 'token'>,
  release: Release,
): Promise<ReleaseOutcome> {
  const outcome = await releaseWithToken(db, chunk, release);
  if (outcome === 'failed') await settleIfDone(db, chunk.uploadId);
  return outcome;
}

/** As {@link releaseChunk}, without the settlement. */
export async function releaseWithToken(
  db: Database,
  chunk: Pick<ClaimedChunk, 'id' | 'token'>,
  { reason, maxAttempts, isServerFault = false }: Release,
): Promise<ReleaseOutcome> {
  const { rows } = await db.pool.query<{ status: string }>(
    `UPDATE csv_upload_chunk
     SET status = (CASE WHEN $5 OR attempts < $4 THEN 'PENDING' ELSE 'FAILED' END)::"UploadStatus",
         attempts = attempts - CASE WHEN $5 THEN 1 ELSE 0 END,
         attempt_token = NULL, lease_until = NULL, last_error = $3, updated_at = now(),
         finished_at = CASE WHEN $5 OR attempts < $4 THEN NULL ELSE now() END
     WHERE id = $1 AND attempt_token = $2 AND status = 'PROCESSING' RETURNING status`,
    [chunk.id, chunk.token, storableText(reason.slice(0, MAX_ERROR_LENGTH)), maxAttempts, isServerFault],
  );
  const status = rows[0]?.status;
  return status === undefined ? 'lost' : status === 'FAILED' ? 'failed' : 'again';
}
