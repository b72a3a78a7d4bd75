import type { Database } from '../../client.js';
import { inTransaction } from '../../transaction.js';
import type { ClaimedDraft } from './claim-draft.js';
import { releaseCampaign } from './hold.js';

/** Ends a draft of which nothing is written: the upload is what it was, and the campaign is free. */
export async function giveUpDraft(
  db: Database,
  { id, uploadId, token, previousStatus }: ClaimedDraft,
  reason: string,
): Promise<void> {
  await inTransaction(db.pool, async (client) => {
    await client.query('SELECT 1 FROM csv_upload WHERE id = $1 FOR UPDATE', [uploadId]);
    const { rowCount } = await client.query(
      `UPDATE draft SET status = 'FAILED', last_error = $3, lease_token = NULL, lease_until = NULL, updated_at = now(),
         finished_at = now()
       WHERE id = $1 AND lease_token = $2 AND status = 'BUILDING'`,
      [id, token, reason],
    );
    if (rowCount !== 1) return;
    await client.query('DELETE FROM draft_part WHERE draft_id = $1', [id]);
    await client.query(
      `UPDATE csv_upload SET status = $2::"UploadStatus" WHERE id = $1 AND status IN ('UNDOING', 'REMAPPING')`,
      [uploadId, previousStatus],
    );
    await releaseCampaign(client, id);
  });
}
