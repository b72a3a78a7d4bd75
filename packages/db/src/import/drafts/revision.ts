import type pg from 'pg';

/**
 * The state of a campaign as far as an upload is compared with it: a text that changes whenever another upload of the campaign
 * begins, ends, is retried, taken back or deleted. A draft is outdated when it was made from another revision.
 *
 * @param uploadId the upload that is compared, which does not count
 */
export async function readRevision(
  client: Pick<pg.ClientBase, 'query'>,
  campaignId: string,
  uploadId: string,
): Promise<string> {
  const { rows } = await client.query<{ revision: string }>(
    // A review in progress has written nothing, and neither has what waits.
    `SELECT md5(coalesce(string_agg(concat_ws(' ', id, status, extract(epoch FROM finished_at)), ',' ORDER BY id), '')) AS revision
     FROM csv_upload
     WHERE campaign_id = $1 AND id <> $2 AND NOT review AND started_at IS NOT NULL`,
    [campaignId, uploadId],
  );
  return rows[0]?.revision ?? '';
}
