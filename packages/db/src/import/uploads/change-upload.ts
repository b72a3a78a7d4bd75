import type pg from 'pg';
import type { Database } from '../../client.js';
import { inTransaction } from '../../transaction.js';
import { confirmCampaign } from '../campaigns/unconfirmed.js';
import { openReview } from '../drafts/open-review.js';
import { readUpload, type UploadReport } from '../reports/read-upload.js';
import { nextSequence } from './create-upload.js';
import { UploadError } from './upload-error.js';

/** What a merchant may change about an upload. */
export interface UploadChange {
  readonly filename?: string | undefined;
  /** A campaign's id or name, as in `NewUpload`. */
  readonly campaign?: string | undefined;
}

/** Called with an upload as it is, under its lock, before it is changed. What it throws is thrown, and nothing changes. */
export type UploadCheck = (upload: UploadReport) => void;

/** Calls the check, if there is one. The upload must be locked by an earlier statement. */
export async function checkUpload(
  client: pg.ClientBase,
  merchantId: string,
  uploadId: string,
  check: UploadCheck | undefined,
): Promise<void> {
  const upload = check && (await readUpload({ pool: client }, merchantId, uploadId));
  if (upload) check(upload);
}

/**
 * Renames an upload, or moves it to another campaign, where it counts as the newest. It can be moved as long as none of its
 * rows has been processed.
 *
 * @throws UploadError `illegal_move`, `campaign_not_found`
 */
export function changeUpload(
  db: Database,
  merchantId: string,
  uploadId: string,
  { filename, campaign }: UploadChange,
  check?: UploadCheck,
): Promise<void> {
  return inTransaction(db.pool, async (client) => {
    // The claim of a chunk changes the status first, so it waits for this lock, and sees the campaign afterwards.
    await client.query('SELECT 1 FROM csv_upload WHERE id = $1 FOR UPDATE', [uploadId]);
    await checkUpload(client, merchantId, uploadId, check);
    if (campaign !== undefined) await moveUpload(client, uploadId, { merchantId, campaign });
    if (filename !== undefined) {
      await client.query('UPDATE csv_upload SET filename = $2 WHERE id = $1', [uploadId, filename]);
    }
  });
}

async function moveUpload(
  client: pg.ClientBase,
  uploadId: string,
  to: { readonly merchantId: string; readonly campaign: string },
): Promise<void> {
  const { rows } = await client.query<{
    campaign_id: string;
    campaign: string;
    complete: boolean;
    status: string;
    can_move: boolean;
  }>(
    `SELECT c.id AS campaign_id, c.name AS campaign, u.complete, u.status,
            u.sealed_at IS NOT NULL AND u.status IN ('PENDING', 'NEEDS_MAPPING') AS can_move
     FROM csv_upload u JOIN campaign c ON c.id = u.campaign_id WHERE u.id = $1`,
    [uploadId],
  );
  const [upload] = rows;
  if (upload === undefined || [upload.campaign, upload.campaign_id].includes(to.campaign)) return;
  if (!upload.can_move) {
    throw new UploadError(
      'illegal_move',
      `Only an upload that is received completely and not begun can be moved to another campaign. This one stays in "${upload.campaign}": cancel it if it still runs, and send the file to the other campaign.`,
    );
  }
  const { campaignId, sequence } = await nextSequence(client, { ...to, complete: upload.complete });
  await client.query('UPDATE csv_upload SET campaign_id = $2, sequence = $3 WHERE id = $1', [
    uploadId,
    campaignId,
    sequence,
  ]);
  // Its review is of the campaign from which it comes. One that waits for its columns has none yet.
  if (upload.status === 'PENDING') await openReview(client, uploadId);
  await confirmCampaign(client, uploadId);
}
