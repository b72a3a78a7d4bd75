import type pg from 'pg';
import type { Database } from '../../client.js';
import { inTransaction } from '../../transaction.js';
import { startChunksAgain } from '../uploads/start-chunks-again.js';
import type { ClaimedDraft } from './claim-draft.js';
import { releaseCampaign } from './hold.js';

/**
 * Ends a draft that has failed at each of its attempts, and says why. The campaign is free, and the upload is what it was: where
 * records are written already, its rows are imported once more, as by a redo.
 *
 * @returns the chunks to enqueue
 */
export function giveUpDraft(db: Database, draft: ClaimedDraft): Promise<readonly string[]> {
  return inTransaction(db.pool, async (client) => {
    const { id, uploadId, token } = draft;
    await client.query('SELECT 1 FROM csv_upload WHERE id = $1 FOR UPDATE', [uploadId]);
    const { rowCount } = await client.query(
      `UPDATE draft SET status = 'FAILED', lease_token = NULL, lease_until = NULL, updated_at = now(), finished_at = now(),
         last_error = format('%s Its last attempt ended with %s.', $3::text, coalesce(last_error, 'its program'))
       WHERE id = $1 AND lease_token = $2 AND status IN ('BUILDING', 'APPLYING')`,
      [id, token, explain(draft)],
    );
    if (rowCount !== 1) return [];
    await client.query('DELETE FROM draft_part WHERE draft_id = $1', [id]);
    await releaseCampaign(client, id);
    if (isWritten(draft)) return importAgain(client, draft);
    await client.query(
      `UPDATE csv_upload SET status = $2::"UploadStatus" WHERE id = $1 AND status IN ('UNDOING', 'REMAPPING')`,
      [uploadId, draft.previousStatus],
    );
    return [];
  });
}

/** Whether some of its records are written: each step that writes some counts in the same transaction. */
function isWritten({ status, position }: ClaimedDraft): boolean {
  return status === 'APPLYING' && position > 0;
}

/** Brings back what was taken away: rows that are still there change nothing. */
async function importAgain(
  client: pg.ClientBase,
  { uploadId, kind }: ClaimedDraft,
): Promise<readonly string[]> {
  if (kind === 'UNDO')
    await client.query(`UPDATE csv_upload SET status = 'UNDONE' WHERE id = $1`, [uploadId]);
  return startChunksAgain(client, uploadId, ['COMPLETED']);
}

function explain(draft: ClaimedDraft): string {
  const what = {
    UNDO: 'The undo was given up',
    REMAP: 'Reading the upload with other columns was given up',
    HISTORY: 'Working out the changes was given up',
  }[draft.kind];
  const outcome = isWritten(draft)
    ? 'what it had changed is imported again'
    : 'the campaign is what it was before';
  return `${what} after ${draft.attempts - 1} attempts, and ${outcome}.`;
}
