import type pg from 'pg';
import { UploadError } from '../uploads/upload-error.js';

/**
 * SQL: whether a draft holds the campaign of an upload, so that none of its chunks is claimed. A trigger on the chunks
 * refuses claims as well, also those of the release before.
 *
 * @param upload the table or alias that has the column `campaign_id`
 */
export const isHeldSql = (upload: string): string =>
  `EXISTS (SELECT 1 FROM campaign WHERE campaign.id = ${upload}.campaign_id AND campaign.draft_id IS NOT NULL)`;

/**
 * Lets a draft hold a campaign, in the caller's transaction. Whoever claims a chunk of it meanwhile is waited for; after the
 * commit no chunk of the campaign is claimed. Those that are in hand already are waited for by the draft's job.
 *
 * @throws UploadError `campaign_held`
 */
export async function holdCampaign(
  client: pg.ClientBase,
  campaignId: string,
  draftId: string,
): Promise<void> {
  await requireFree(client, campaignId);
  await client.query('UPDATE campaign SET draft_id = $2 WHERE id = $1', [campaignId, draftId]);
}

/**
 * Locks a campaign that is about to be changed by something else than the draft that may hold it.
 *
 * @throws UploadError `campaign_held`
 */
export async function requireFree(client: pg.ClientBase, campaignId: string): Promise<void> {
  // FOR UPDATE, and not less: the trigger of a claim takes FOR KEY SHARE.
  const { rows } = await client.query<{ upload: string | null; kind: string | null }>(
    `SELECT d.upload_id AS upload, d.kind FROM campaign c LEFT JOIN draft d ON d.id = c.draft_id
     WHERE c.id = $1 FOR UPDATE OF c`,
    [campaignId],
  );
  const [campaign] = rows;
  if (campaign === undefined || campaign.upload === null) return;
  const what = campaign.kind === 'UNDO' ? 'is being undone' : 'is being read with other columns';
  throw new UploadError(
    'campaign_held',
    `The upload ${campaign.upload} of the same campaign ${what}. Wait until that is done, and try again.`,
  );
}

/** Lets go of the campaign that a draft holds, in the caller's transaction. */
export async function releaseCampaign(client: pg.ClientBase, draftId: string): Promise<void> {
  await client.query('UPDATE campaign SET draft_id = NULL WHERE draft_id = $1', [draftId]);
}

/**
 * As {@link requireFree}, for the campaign of an upload, whose row is locked before.
 *
 * @throws UploadError `campaign_held`
 */
export async function requireCampaignFree(client: pg.ClientBase, uploadId: string): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT campaign_id AS id FROM csv_upload WHERE id = $1 FOR UPDATE',
    [uploadId],
  );
  if (rows[0]) await requireFree(client, rows[0].id);
}
