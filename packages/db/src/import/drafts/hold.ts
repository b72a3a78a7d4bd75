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
  const { rows } = await client.query<Holder>(
    `SELECT d.upload_id AS upload, d.kind FROM campaign c LEFT JOIN draft d ON d.id = c.draft_id
     WHERE c.id = $1 FOR UPDATE OF c`,
    [campaignId],
  );
  refuseHeld(rows[0]);
}

/** The draft that holds a campaign, if any. */
interface Holder {
  readonly upload: string | null;
  readonly kind: string | null;
}

function refuseHeld(holder: Holder | undefined): void {
  if (holder === undefined || holder.upload === null) return;
  const what = holder.kind === 'UNDO' ? 'is being undone' : 'is being read with other columns';
  throw new UploadError(
    'campaign_held',
    `The upload ${holder.upload} of the same campaign ${what}. Wait until that is done, and try again.`,
  );
}

/** Lets go of the campaign that a draft holds, in the caller's transaction. */
export async function releaseCampaign(client: pg.ClientBase, draftId: string): Promise<void> {
  await client.query('UPDATE campaign SET draft_id = NULL WHERE draft_id = $1', [draftId]);
}

/**
 * As {@link requireFree}, for the campaign of an upload. It locks the campaign, so it is not for what changes chunks afterwards that
 * may be claimed at this moment: a claim locks the chunk first.
 *
 * @throws UploadError `campaign_held`
 */
export async function requireCampaignFree(client: pg.ClientBase, uploadId: string): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT campaign_id AS id FROM csv_upload WHERE id = $1',
    [uploadId],
  );
  if (rows[0]) await requireFree(client, rows[0].id);
}

/**
 * As {@link requireCampaignFree}, without a lock: a draft may take hold of the campaign in the next moment.
 *
 * @throws UploadError `campaign_held`
 */
export async function requireNotHeld(client: pg.ClientBase, uploadId: string): Promise<void> {
  const { rows } = await client.query<Holder>(
    `SELECT d.upload_id AS upload, d.kind FROM csv_upload u JOIN campaign c ON c.id = u.campaign_id
     JOIN draft d ON d.id = c.draft_id WHERE u.id = $1`,
    [uploadId],
  );
  refuseHeld(rows[0]);
}
