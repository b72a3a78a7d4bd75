import type { Database } from '../../client.js';
import { upSinceSql } from '../../server-age.js';
import { purgeCampaigns } from '../campaigns/purge-campaigns.js';
import type { LostChunk } from '../chunks/lost-chunk.js';
import { releaseLost } from '../chunks/release-lost.js';
import type { DraftToEnqueue } from '../drafts/claim-draft.js';
import { findOpenDrafts } from '../drafts/find-open-drafts.js';
import { isHeldSql } from '../drafts/hold.js';
import { type Settlement, settleIfDone } from '../settle/settle-upload.js';
import { failSilentUpload } from '../uploads/fail-upload.js';

/** How long one sweep deletes what is in deleted campaigns; the next sweep continues. */
const PURGE_MS = 5_000;

export interface SweepOptions {
  /** A pending chunk that did not change for this long is enqueued again. */
  readonly pendingAfterMs: number;
  /** An upload that is being received, and got no bytes for this long, is failed. */
  readonly silentAfterMs: number;
  /** How many repairs of each kind one sweep makes at most; the next sweep continues. */
  readonly limit: number;
}

export interface PendingChunk {
  readonly uploadId: string;
  readonly chunkId: string;
  /** Attempts made so far, also by workers that were lost. */
  readonly attempt: number;
}

export interface SweepResult {
  readonly freedLeases: number;
  /** Rows that were refused because they stop whichever worker reads them. */
  readonly refusedRows: number;
  readonly failedUploads: number;
  /** Uploads that were not settled yet though all their chunks were final. */
  readonly settlements: readonly Settlement[];
  /** Deleted campaigns of which nothing is left now. */
  readonly purgedCampaigns: number;
  /** Chunks to enqueue: the job of each may have been lost. */
  readonly pendingChunks: readonly PendingChunk[];
  /** Drafts to enqueue, likewise. */
  readonly openDrafts: readonly DraftToEnqueue[];
  /** Repairs that failed. One failed repair does not stop the others. */
  readonly failures: readonly { readonly repair: string; readonly error: unknown }[];
}

/**
 * Repairs what crashes leave behind. Every step is a conditional update, so it may run anywhere, any number of
 * times at once.
 */
export async function sweep(db: Database, options: SweepOptions): Promise<SweepResult> {
  const failures: { repair: string; error: unknown }[] = [];
  const attempt = async <T>(repair: string, work: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      failures.push({ repair, error });
      return otherwise;
    }
  };
  const freed: PendingChunk[] = [];
  let freedLeases = 0;
  let refusedRows = 0;
  for (const chunk of await attempt('find expired leases', () => findExpiredLeases(db, options), [])) {
    const release = await attempt(`free chunk ${chunk.id}`, () => releaseLost(db, chunk), null);
    if (release === null) continue;
    freedLeases += 1;
    if (release.outcome === 'refused') refusedRows += release.rows;
    else freed.push(...release.pending.map((each) => ({ ...each, uploadId: chunk.uploadId })));
  }
  let failedUploads = 0;
  for (const id of await attempt('find silent uploads', () => findSilentUploads(db, options), [])) {
    if (await attempt(`fail upload ${id}`, () => failSilentUpload(db, id, options.silentAfterMs), false))
      failedUploads += 1;
  }
  const settlements: Settlement[] = [];
  for (const id of await attempt('find finished uploads', () => findFinishedUploads(db, options), [])) {
    const settlement = await attempt(`settle upload ${id}`, () => settleIfDone(db, id), null);
    if (settlement !== null) settlements.push(settlement);
  }
  const waiting = await attempt('find pending chunks', () => findPendingChunks(db, options), []);
  const openDrafts = await attempt('find open drafts', () => findOpenDrafts(db, options), []);
  // Last, because it may take long.
  const purge = () => purgeCampaigns(db, { budgetMs: PURGE_MS });
  const purgedCampaigns = await attempt('purge deleted campaigns', purge, 0);
  return {
    purgedCampaigns,
    freedLeases,
    refusedRows,
    failedUploads,
    settlements,
    pendingChunks: [...freed, ...waiting],
    openDrafts,
    failures,
  };
}

/** How long a worker that is there may take to give its chunk back, after Postgres was away. */
const GIVING_BACK = '5 seconds';

/** Chunks whose workers are lost. Where Postgres was away when the lease ran out, only after a while, or its worker would be blamed. */
async function findExpiredLeases(db: Database, { limit }: SweepOptions): Promise<readonly LostChunk[]> {
  const { rows } = await db.pool.query<LostChunk>(
    `SELECT id, upload_id AS "uploadId", attempt_token AS token, lost_workers AS "lostWorkers"
     FROM csv_upload_chunk
     WHERE status = 'PROCESSING' AND lease_until < now()
       AND (lease_until > ${upSinceSql} OR ${upSinceSql} < now() - interval '${GIVING_BACK}') LIMIT $1`,
    [limit],
  );
  return rows;
}

async function findSilentUploads(
  db: Database,
  { silentAfterMs, limit }: SweepOptions,
): Promise<readonly string[]> {
  const { rows } = await db.pool.query<{ id: string }>(
    `SELECT id FROM csv_upload
     WHERE status = 'PENDING' AND sealed_at IS NULL
       AND received_at < now() - $1 * interval '1 millisecond' LIMIT $2`,
    [silentAfterMs, limit],
  );
  return rows.map((row) => row.id);
}

async function findFinishedUploads(db: Database, { limit }: SweepOptions): Promise<readonly string[]> {
  const { rows } = await db.pool.query<{ id: string }>(
    `SELECT u.id FROM csv_upload u
     WHERE u.status = 'PROCESSING' AND NOT ${isHeldSql('u')} AND NOT EXISTS (
       SELECT 1 FROM csv_upload_chunk c
       WHERE c.upload_id = u.id AND c.status = ANY (ARRAY['PENDING', 'PROCESSING']::"UploadStatus"[]))
     LIMIT $1`,
    [limit],
  );
  return rows.map((row) => row.id);
}

async function findPendingChunks(
  db: Database,
  { pendingAfterMs, limit }: SweepOptions,
): Promise<readonly PendingChunk[]> {
  const { rows } = await db.pool.query<PendingChunk>(
    `SELECT c.upload_id AS "uploadId", c.id AS "chunkId", c.attempts + c.lost_workers AS attempt
     FROM csv_upload_chunk c JOIN csv_upload u ON u.id = c.upload_id
     WHERE c.status = 'PENDING' AND u.status IN ('PENDING', 'PROCESSING') AND u.sealed_at IS NOT NULL AND NOT ${isHeldSql('u')}
       AND greatest(c.updated_at, u.sealed_at) < now() - $1 * interval '1 millisecond'
     ORDER BY c.upload_id, c.index LIMIT $2`,
    [pendingAfterMs, limit],
  );
  return rows;
}
