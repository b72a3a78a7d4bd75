import type pg from 'pg';
import { countCampaign, countRecords } from './gather-statistics.js';

/** An upload of which the campaign has more or less than before: it was taken back, brought back, or mapped again. */
export interface ReworkedUpload {
  readonly id: string;
  readonly campaignId: string;
}

/** Statistics of so many uploads are counted again, the newest ones: each may list hundreds of products. */
const MAX_RECOUNTED = 1_000;

/** SQL: the uploads whose statistics have counted the rows of the upload `$2`: they have ended since it was sent. */
const recounted = `
  SELECT u.id FROM csv_upload u JOIN csv_upload reworked ON reworked.id = $2
  WHERE u.campaign_id = $1 AND u.id <> $2 AND u.statistics IS NOT NULL AND u.finished_at > reworked.sealed_at
  ORDER BY u.sequence DESC LIMIT ${MAX_RECOUNTED}`;

/** Locks an upload, and those that {@link recountOthers} changes, in the order of their ids. To be called before the campaign is locked. */
export async function lockRecounted(
  client: pg.ClientBase,
  { id, campaignId }: ReworkedUpload,
): Promise<void> {
  await client.query(
    `SELECT 1 FROM csv_upload WHERE id = $2 OR id IN (${recounted}) ORDER BY id FOR NO KEY UPDATE`,
    [campaignId, id],
  );
}

/**
 * Counts again what the statistics of other uploads say of the campaign, which is the same for all of them: what it holds now. And
 * what the newest upload has done; of those before it, the tables tell only what they were the last to change, so they keep what was
 * counted when they ended. The inventory must be up to date.
 */
export async function recountOthers(client: pg.ClientBase, reworked: ReworkedUpload): Promise<void> {
  const { id, campaignId } = reworked;
  const campaign = await countCampaign(client, campaignId);
  await client.query(
    `UPDATE csv_upload SET statistics = statistics || $3::jsonb WHERE id IN (${recounted})`,
    [campaignId, id, JSON.stringify(campaign)],
  );
  const newest = await findNewest(client, campaignId);
  if (newest === null || newest.id === id) return;
  const records = await countRecords(client, newest);
  await client.query(
    `UPDATE csv_upload SET statistics = statistics || $2::jsonb WHERE id = $1 AND statistics IS NOT NULL`,
    [newest.id, JSON.stringify({ records })],
  );
}

/** The newest upload of which something was imported. Null while it goes on: it is counted when it ends. */
async function findNewest(client: pg.ClientBase, campaignId: string) {
  const { rows } = await client.query<{ id: string; campaignId: string; sequence: number; status: string }>(
    `SELECT id, campaign_id AS "campaignId", sequence, status FROM csv_upload
     WHERE campaign_id = $1 AND sealed_at IS NOT NULL AND NOT review
       AND status NOT IN ('PENDING', 'NEEDS_MAPPING', 'NEEDS_REVIEW', 'UNDONE')
     ORDER BY sequence DESC LIMIT 1`,
    [campaignId],
  );
  const [newest] = rows;
  return newest && ['COMPLETED', 'FAILED', 'CANCELED'].includes(newest.status) ? newest : null;
}
