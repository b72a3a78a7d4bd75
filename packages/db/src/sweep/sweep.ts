import { releaseWithToken } from '../chunks/release-chunk.js';
import type { Database } from '../client.js';
import { settleUpload } from '../settle/settle-upload.js';
import { inTransaction } from '../transaction.js';
import { failUpload } from '../uploads/seal-upload.js';

export interface SweepOptions {
  readonly maxAttempts: number;
  /** A pending chunk that nobody touched for so long is enqueued again. */
  readonly pendingAfterMs: number;
  /** An upload that is being received and gave no sign of life for so long is failed. */
  readonly silentAfterMs: number;
  /** At most so many of each kind in one sweep; the next one goes on. */
  readonly limit: number;
}

export interface SweepResult {
  readonly freedLeases: number;
  readonly failedUploads: number;
  readonly settledUploads: number;
  /** Chunks to enqueue: the job of each may have been lost. */
  readonly pendingChunks: readonly {
    readonly uploadId: string;
    readonly chunkId: string;
    readonly attempt: number;
  }[];
}

/**
 * Repairs what crashes leave behind. Every step is a conditional update, so it may run anywhere, any number of
 * times at once.
 */
export async function sweep(db: Database, options: SweepOptions): Promise<SweepResult> {
  return {
    freedLeases: await freeExpiredLeases(db, options),
    failedUploads: await failSilentUploads(db, options),
    settledUploads: await settleFinished(db, options),
    pendingChunks: await findPendingChunks(db, options),
  };
}

async function freeExpiredLeases(db: Database, { maxAttempts, limit }: SweepOptions): Promise<number> {
  const { rows } = await db.pool.query<{ id: string; upload_id: string; attempt_token: string }>(
    `SELECT id, upload_id, attempt_token FROM csv_upload_chunk
     WHERE status = 'PROCESSING' AND lease_until < now() LIMIT $1`,
    [limit],
  );
  for (const { id, upload_id: uploadId, attempt_token: token } of rows) {
    await inTransaction(db.pool, (client) =>
      releaseWithToken(
        client,
        { id, uploadId, token },
        'The worker was lost while it processed the chunk',
        maxAttempts,
      ),
    );
  }
  return rows.length;
}

async function failSilentUploads(db: Database, { silentAfterMs, limit }: SweepOptions): Promise<number> {
  const { rows } = await db.pool.query<{ id: string }>(
    `SELECT id FROM csv_upload
     WHERE status = 'PENDING' AND sealed_at IS NULL
       AND received_at < now() - $1 * interval '1 millisecond' LIMIT $2`,
    [silentAfterMs, limit],
  );
  for (const { id } of rows) {
    const message = 'The file stopped coming before its end. Send it again.';
    await failUpload(db, id, { code: 'upload_interrupted', message });
  }
  return rows.length;
}

async function settleFinished(db: Database, { limit }: SweepOptions): Promise<number> {
  const { rows } = await db.pool.query<{ id: string }>(
    `SELECT u.id FROM csv_upload u
     WHERE u.status = 'PROCESSING' AND NOT EXISTS (
       SELECT 1 FROM csv_upload_chunk c
       WHERE c.upload_id = u.id AND c.status = ANY (ARRAY['PENDING', 'PROCESSING']::"UploadStatus"[]))
     LIMIT $1`,
    [limit],
  );
  for (const { id } of rows) await inTransaction(db.pool, (client) => settleUpload(client, id));
  return rows.length;
}

async function findPendingChunks(db: Database, { pendingAfterMs, limit }: SweepOptions) {
  const { rows } = await db.pool.query<{ upload_id: string; id: string; attempts: number }>(
    `SELECT c.upload_id, c.id, c.attempts FROM csv_upload_chunk c JOIN csv_upload u ON u.id = c.upload_id
     WHERE c.status = 'PENDING' AND u.status IN ('PENDING', 'PROCESSING') AND u.sealed_at IS NOT NULL
       AND greatest(c.updated_at, u.sealed_at) < now() - $1 * interval '1 millisecond'
     ORDER BY c.upload_id, c.index LIMIT $2`,
    [pendingAfterMs, limit],
  );
  return rows.map((row) => ({ uploadId: row.upload_id, chunkId: row.id, attempt: row.attempts }));
}
