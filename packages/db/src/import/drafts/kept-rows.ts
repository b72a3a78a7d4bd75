import type pg from 'pg';
import { UploadError } from '../uploads/upload-error.js';

/**
 * Refuses to work out the tables of a campaign from its files where rows of them are not kept any more.
 *
 * @throws UploadError `rows_purged`
 */
export async function requireKeptRows(
  client: pg.ClientBase,
  { id, campaignId }: { readonly id: string; readonly campaignId: string },
): Promise<void> {
  const { rows } = await client.query<{ id: string; filename: string | null }>(
    `SELECT u.id, u.filename FROM csv_upload u
     WHERE u.campaign_id = $1 AND u.sealed_at IS NOT NULL AND u.started_at IS NOT NULL
       AND u.row_count > (SELECT coalesce(sum(row_count), 0) FROM csv_upload_chunk WHERE upload_id = u.id)
     ORDER BY u.id <> $2, u.sequence LIMIT 1`,
    [campaignId, id],
  );
  const [purged] = rows;
  if (purged !== undefined) {
    const which =
      purged.id === id
        ? 'the upload'
        : `the upload ${purged.id}${purged.filename === null ? '' : ` (${purged.filename})`}, which also says something of these records,`;
    throw new UploadError(
      'rows_purged',
      `The rows of ${which} are no longer kept, so nobody can tell what the campaign would be. Send the file with the right values instead.`,
    );
  }
  const campaign = await client.query<{ orphans: boolean }>(
    'SELECT has_orphan_records AS orphans FROM campaign WHERE id = $1',
    [campaignId],
  );
  if (campaign.rows[0]?.orphans !== true) return;
  throw new UploadError(
    'rows_purged',
    'An upload to this campaign was deleted after its rows were imported. Its records are still there, and without its file nobody can tell what the campaign would be. Send a file with the right values instead.',
  );
}

/**
 * Refuses to import an upload again whose own rows are not kept any more.
 *
 * @throws UploadError `rows_purged`
 */
export async function requireOwnRows(client: pg.ClientBase, uploadId: string): Promise<void> {
  const { rows } = await client.query(
    `SELECT 1 FROM csv_upload u
     WHERE u.id = $1 AND u.row_count > (SELECT coalesce(sum(row_count), 0) FROM csv_upload_chunk WHERE upload_id = u.id)`,
    [uploadId],
  );
  if (rows.length === 0) return;
  throw new UploadError(
    'rows_purged',
    'The rows of the upload are no longer kept, so it cannot be imported again. Send its file once more.',
  );
}
