import type { Database } from '../../client.js';
import { isHeldSql } from '../drafts/hold.js';
import { type ClaimedChunk, type ClaimOptions, claimChunk } from './claim-chunk.js';

/** A chunk that failed is left alone for this long by jobs that are fresh; one that is tried again has waited already. */
const REST_MS = 2_000;
/** Other workers may be faster than we are, this often. */
const MAX_TRIES = 5;
/** Merchants whose last turn is remembered. */
const MAX_MERCHANTS = 1_000;

/** Which merchants this process has served, the last one at the end. */
export interface Turns {
  readonly served: readonly string[];
  serve(merchantId: string): void;
}

/** Remembers nothing but the order, and forgets it with the process. */
export function createTurns(): Turns {
  let served: string[] = [];
  return {
    get served() {
      return served;
    },
    serve(merchantId) {
      served = [...served.filter((id) => id !== merchantId), merchantId].slice(-MAX_MERCHANTS);
    },
  };
}

export interface FairClaimOptions extends ClaimOptions {
  /** Whether chunks are looked for that have lost a worker, or only others. */
  readonly suspects: boolean;
  /** Whether the job was tried before, so that some chunk has failed under it. */
  readonly isRetry: boolean;
}

interface Candidate {
  readonly id: string;
  readonly merchantId: string;
}

/**
 * Claims a chunk for a job. The job names a chunk, but stands only for one piece of work: the chunk is that of the merchant whose
 * turn it is, so that nobody waits behind another merchant's large file, or thousands of small ones. That is the merchant with
 * the fewest chunks in hand, and of these the one whom this process served longest ago. Of one merchant the oldest upload comes
 * first. Every chunk has a job, so each of them is claimed. Null when there is nothing to do.
 */
export async function claimFairestChunk(
  db: Database,
  chunkId: string,
  turns: Turns,
  options: FairClaimOptions,
): Promise<ClaimedChunk | null> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const fairest = await findFairest(db, turns, options);
    if (fairest === null) break;
    // Before the claim, so that the other slots of this process turn to others meanwhile.
    turns.serve(fairest.merchantId);
    const chunk = await claimChunk(db, fairest.id, options);
    if (chunk !== null) return chunk;
  }
  // It may rest after a failure, or belong to a lost worker.
  return claimChunk(db, chunkId, options);
}

/**
 * Whether a chunk waits that has lost a worker, or the job's own chunk has just lost one: what {@link claimFairestChunk} takes only
 * with `suspects`.
 */
export async function isSuspectWaiting(db: Database, chunkId: string): Promise<boolean> {
  const { rows } = await db.pool.query<{ waits: boolean }>(
    `SELECT EXISTS (
       SELECT 1 FROM csv_upload_chunk c JOIN csv_upload u ON u.id = c.upload_id
       WHERE c.status = 'PENDING' AND c.status = ANY (ARRAY['PENDING', 'PROCESSING']::"UploadStatus"[]) AND c.lost_workers > 0
         AND u.status IN ('PENDING', 'PROCESSING') AND u.sealed_at IS NOT NULL AND NOT ${isHeldSql('u')})
     OR EXISTS (
       SELECT 1 FROM csv_upload_chunk
       WHERE id = $1 AND status = 'PROCESSING' AND lease_until < now() AND lost_workers = 0) AS waits`,
    [chunkId],
  );
  return rows[0]?.waits ?? false;
}

async function findFairest(
  db: Database,
  { served }: Turns,
  { isRetry, suspects }: FairClaimOptions,
): Promise<Candidate | null> {
  const { rows } = await db.pool.query<Candidate>(
    `WITH open AS MATERIALIZED (
       SELECT id, merchant_id, ${isHeldSql('csv_upload')} AS held FROM csv_upload
       WHERE status = ANY (ARRAY['PENDING', 'PROCESSING']::"UploadStatus"[]) AND sealed_at IS NOT NULL),
     waiting AS (
       SELECT merchant.merchant_id, first.id, first.upload_id
       FROM (SELECT DISTINCT merchant_id FROM open) merchant
       CROSS JOIN LATERAL (
         SELECT c.id, c.upload_id FROM (SELECT id FROM open WHERE open.merchant_id = merchant.merchant_id AND NOT held ORDER BY id) u
         CROSS JOIN LATERAL (
           SELECT id, upload_id FROM csv_upload_chunk
           WHERE upload_id = u.id AND status = 'PENDING' AND status = ANY (ARRAY['PENDING', 'PROCESSING']::"UploadStatus"[])
             AND (lost_workers > 0) = $3 AND (last_error IS NULL OR updated_at < now() - $2 * interval '1 millisecond')
           ORDER BY index LIMIT 1) c
         LIMIT 1) first)
     SELECT waiting.id, waiting.merchant_id AS "merchantId" FROM waiting
     CROSS JOIN LATERAL (
       SELECT count(*) AS chunks FROM open JOIN csv_upload_chunk c ON c.upload_id = open.id
       WHERE open.merchant_id = waiting.merchant_id AND c.status = 'PROCESSING' AND c.lease_until > now()) in_hand
     ORDER BY in_hand.chunks, array_position($1::uuid[], waiting.merchant_id) NULLS FIRST, waiting.upload_id
     LIMIT 1`,
    [served, isRetry || suspects ? 0 : REST_MS, suspects],
  );
  return rows[0] ?? null;
}
