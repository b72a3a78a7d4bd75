import type pg from 'pg';
import { notOpen } from './store-chunk.js';

/** The content of an upload that was received completely, and the status that it would be sealed with. */
export interface ReceivedContent {
  /** Lower-case hex SHA-256 of the bytes received. */
  readonly sha256: string;
  readonly status: 'PENDING' | 'NEEDS_MAPPING';
}

/**
 * The newest upload with the content of another one: $1, whose bytes have the hash $2, and which would get the status $3. The
 * list is sorted as a whole, or Postgres might walk the campaign from its newest upload until it finds one.
 */
export const sameContentStatement = `
  WITH same AS MATERIALIZED (
    SELECT earlier.id, earlier.sequence FROM csv_upload u
    JOIN csv_upload earlier ON earlier.campaign_id = u.campaign_id AND earlier.sha256 = $2 AND earlier.hints = u.hints
    WHERE u.id = $1 AND earlier.id <> u.id AND earlier.sealed_at IS NOT NULL
      AND (earlier.status::text IN ('PENDING', 'PROCESSING', 'COMPLETED', 'REMAPPING') AND (u.review OR NOT earlier.review)
        OR earlier.status::text = 'NEEDS_REVIEW' AND u.review
        OR earlier.status = 'NEEDS_MAPPING' AND $3 = 'NEEDS_MAPPING'))
  SELECT id FROM same ORDER BY sequence DESC LIMIT 1`;

/**
 * Finds the newest other upload of the campaign with the same bytes that were to be read with the same hints, for an upload
 * that is about to be sealed. What has failed, was canceled or is taken back does not count, so that it can be sent again. What is
 * read again with other columns counts: it was sent. What waits for a
 * mapping counts only when this one would wait as well: otherwise somebody has answered the questions since. A
 * review counts only for another review: who wants the content imported must not get one that waits.
 *
 * Until the transaction ends no other upload of the same content is sealed in the campaign, so that of two at the same
 * moment the second finds the first.
 */
export async function findSameContent(
  client: pg.ClientBase,
  uploadId: string,
  { sha256, status }: ReceivedContent,
): Promise<string | null> {
  await client.query(
    `SELECT pg_advisory_xact_lock(hashtextextended(campaign_id::text || $2, 0)) FROM csv_upload WHERE id = $1`,
    [uploadId, sha256],
  );
  const { rows } = await client.query<{ id: string }>(sameContentStatement, [uploadId, sha256, status]);
  return rows[0]?.id ?? null;
}

/**
 * Removes an upload that is being received, with its chunks. Its sequence stays unused.
 *
 * @throws UploadError `upload_not_open`
 */
export async function removeOpenUpload(client: pg.ClientBase, uploadId: string): Promise<void> {
  const { rowCount } = await client.query(
    `DELETE FROM csv_upload WHERE id = $1 AND sealed_at IS NULL AND status = 'PENDING'`,
    [uploadId],
  );
  if (rowCount !== 1) throw notOpen(uploadId);
}
