import type { Database } from '../../client.js';
import { newId } from '../../ids.js';
import { inTransaction } from '../../transaction.js';

/** A file that is sent in parts. */
export interface ResumableFile {
  readonly id: string;
  /** In bytes, when it is complete. */
  readonly size: number;
  readonly expiresAt: Date;
  /** The upload that it has become; null while bytes are missing. */
  readonly uploadId: string | null;
  /** Whether that upload was there before, with the same content. */
  readonly isDuplicate: boolean;
}

/** The idempotency key of the upload that a file becomes. */
export function keyOfFile(id: string): string {
  return `tus:${id}`;
}

/** How much may lie on the disk for files that are no uploads yet. */
export interface ResumableLimits {
  /** Files of one merchant. */
  readonly merchantFiles: number;
  /** Bytes of one merchant, as announced. */
  readonly merchantBytes: number;
  /** Bytes of all merchants, as announced. */
  readonly totalBytes: number;
}

/** The limit that a new file would exceed. */
export type ExceededLimit = keyof ResumableLimits;

/**
 * Reserves room for a file of this many bytes, until `lifeMs` from now. Returns its id, or the limit that it would exceed;
 * then nothing is reserved.
 */
export function reserveFile(
  db: Database,
  file: { readonly merchantId: string; readonly size: number; readonly lifeMs: number },
  limits: ResumableLimits,
): Promise<{ readonly id: string } | { readonly exceeded: ExceededLimit }> {
  return inTransaction(db.pool, async (client) => {
    // One at a time over all processes, so that the sum is true.
    await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('resumable_file', 0))`);
    const { rows } = await client.query<{ files: number; bytes: number; total: number }>(
      `SELECT count(*) FILTER (WHERE merchant_id = $1)::int AS files,
              coalesce(sum(size) FILTER (WHERE merchant_id = $1), 0)::float8 AS bytes,
              coalesce(sum(size), 0)::float8 AS total
       FROM resumable_file WHERE upload_id IS NULL`,
      [file.merchantId],
    );
    const { files = 0, bytes = 0, total = 0 } = rows[0] ?? {};
    if (files + 1 > limits.merchantFiles) return { exceeded: 'merchantFiles' };
    if (bytes + file.size > limits.merchantBytes) return { exceeded: 'merchantBytes' };
    if (total + file.size > limits.totalBytes) return { exceeded: 'totalBytes' };
    const id = newId();
    await client.query(
      `INSERT INTO resumable_file (id, merchant_id, size, expires_at)
       VALUES ($1, $2, $3, now() + $4 * interval '1 millisecond')`,
      [id, file.merchantId, file.size, file.lifeMs],
    );
    return { id };
  });
}

/** A file of the merchant that has not expired; null when there is none. */
export async function findResumableFile(
  { pool }: Database,
  merchantId: string,
  id: string,
): Promise<ResumableFile | null> {
  const { rows } = await pool.query<ResumableFile>(
    // An upload that another request has made has another key, or none.
    `SELECT f.id, f.size::float8 AS size, f.expires_at AS "expiresAt", f.upload_id AS "uploadId",
            u.id IS NOT NULL AND u.idempotency_key IS DISTINCT FROM $3 AS "isDuplicate"
     FROM resumable_file f LEFT JOIN csv_upload u ON u.id = f.upload_id
     WHERE f.id = $1 AND f.merchant_id = $2 AND f.expires_at > now()`,
    [id, merchantId, keyOfFile(id)],
  );
  return rows[0] ?? null;
}

/** Records the upload that the file has become. Its room is free again. */
export async function finishResumableFile({ pool }: Database, id: string, uploadId: string): Promise<void> {
  await pool.query('UPDATE resumable_file SET upload_id = $2 WHERE id = $1', [id, uploadId]);
}

/** Forgets a file. Its bytes must be gone from the disk already, or are removed as those of an expired one. */
export async function forgetResumableFile({ pool }: Database, id: string): Promise<void> {
  await pool.query('DELETE FROM resumable_file WHERE id = $1', [id]);
}

/** Forgets all files that expired at least this long ago, whose bytes must be gone from the disk. Returns how many. */
export async function forgetExpiredFiles({ pool }: Database, agoMs: number): Promise<number> {
  const { rowCount } = await pool.query(
    `DELETE FROM resumable_file WHERE expires_at < now() - $1 * interval '1 millisecond'`,
    [agoMs],
  );
  return rowCount ?? 0;
}
