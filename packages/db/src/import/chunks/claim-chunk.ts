import type { Database } from '../../client.js';
import { newId } from '../../ids.js';
import { chunkSources, uploadSources } from '../status/moves.js';
import { type ChunkToMap, type ChunkToMapRow, chunkToMapColumns, toChunkToMap } from './chunk-to-map.js';

/** A chunk that belongs to one worker until the lease runs out. */
export interface ClaimedChunk extends ChunkToMap {
  /** Proof of this attempt: results with another token are refused. */
  readonly token: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** Whether its rows are only compared with the campaign, and nothing is written. */
  readonly isReview: boolean;
  /** How many attempts at it were lost, see `releaseLost`. They are not counted in `attempt`. */
  readonly lostWorkers: number;
}

export interface ClaimOptions {
  /** How long the chunk belongs to this worker. Measured by the clock of Postgres, since those of workers may be wrong. */
  readonly leaseMs: number;
  /** Whether a chunk that has lost a worker may be claimed; such a chunk is processed alone. Default true. */
  readonly suspects?: boolean;
}

/**
 * Claims a chunk that is pending, or whose lease has run out for the first time; if it was not the first time, the sweep decides
 * what becomes of the chunk. Null when there is nothing to do: the chunk is done, canceled, or claimed by another worker. A job
 * that is delivered a second time ends here.
 */
export async function claimChunk(
  db: Database,
  chunkId: string,
  { leaseMs, suspects = true }: ClaimOptions,
): Promise<ClaimedChunk | null> {
  // Two statements and no transaction: the lock of a chunk's row must not be held while waiting for the upload's row.
  await db.pool.query(
    `UPDATE csv_upload u SET status = 'PROCESSING', started_at = coalesce(u.started_at, now())
     FROM csv_upload_chunk c
     WHERE c.id = $1 AND u.id = c.upload_id AND u.sealed_at IS NOT NULL AND u.status = 'PENDING'
       AND u.status = ANY ($2::"UploadStatus"[])`,
    [chunkId, uploadSources('PROCESSING')],
  );
  const token = newId();
  const { rows } = await db.pool.query<
    ChunkToMapRow & { attempts: number; lost_workers: number; for_review: boolean }
  >(
    `UPDATE csv_upload_chunk c
     SET status = 'PROCESSING', attempt_token = $2, updated_at = now(), for_review = u.review,
         attempts = c.attempts + CASE c.status WHEN 'PENDING' THEN 1 ELSE 0 END,
         lost_workers = c.lost_workers + CASE c.status WHEN 'PENDING' THEN 0 ELSE 1 END,
         lease_until = now() + $3 * interval '1 millisecond'
     FROM csv_upload u
     LEFT JOIN csv_upload_file f ON f.upload_id = u.id
     WHERE c.id = $1 AND u.id = c.upload_id AND u.status = 'PROCESSING'
       AND (f.index = c.file_index OR f.index IS NULL)
       AND c.status IN ('PENDING', 'PROCESSING') AND c.status = ANY ($4::"UploadStatus"[])
       AND ((c.status = 'PENDING' AND (c.lost_workers = 0 OR $5)) OR (c.lease_until < now() AND c.lost_workers = 0 AND $5))
     RETURNING c.attempts, c.lost_workers, c.for_review, ${chunkToMapColumns}`,
    [chunkId, token, leaseMs, chunkSources('PROCESSING'), suspects],
  );
  const row = rows[0];
  if (!row) return null;
  return {
    ...toChunkToMap(row),
    token,
    attempt: row.attempts,
    isReview: row.for_review,
    lostWorkers: row.lost_workers,
  };
}
