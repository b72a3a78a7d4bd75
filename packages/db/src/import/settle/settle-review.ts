import { assumedStatus } from '@pledgeline/csv-core/map';
import type pg from 'pg';
import { notifyOutcome } from '../../outcome/notify-outcome.js';
import { countDraft } from '../drafts/draft-totals.js';
import { findReason } from '../gone/settle-gone.js';
import { uploadSources } from '../status/moves.js';
import { allowTime } from './allow-time.js';

/** An upload whose rows are all compared with its campaign. */
export interface ReviewedUpload {
  readonly id: string;
  readonly campaignId: string;
  /** Whether its file is the whole campaign, so that what it does not name is gone. */
  readonly isComplete: boolean;
}

/**
 * Ends the comparison: finds the pledges that the file does not name, counts the changes, and lets the upload wait for the
 * merchant. Nothing was written, so the campaign is neither locked nor counted anew. The upload's row must be locked.
 */
export async function settleReview(client: pg.PoolClient, upload: ReviewedUpload): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM draft WHERE upload_id = $1 AND kind = 'REVIEW' FOR UPDATE`,
    [upload.id],
  );
  const [draft] = rows;
  if (draft === undefined) throw new Error(`The upload ${upload.id} is reviewed and has no draft`);
  await allowTime(client, upload.campaignId);
  const marksMissing = upload.isComplete && (await findReason(client, upload.id)) === null;
  await addMissing(client, draft.id, { ...upload, isComplete: marksMissing });
  await addReturning(client, draft.id, upload.campaignId);
  const counts = await countDraft(client, {
    id: draft.id,
    campaignId: upload.campaignId,
    isComplete: marksMissing,
  });
  await client.query(
    `UPDATE draft SET status = 'READY', counts = $2, finished_at = now(), updated_at = now() WHERE id = $1`,
    [draft.id, JSON.stringify(counts)],
  );
  const { rowCount } = await client.query(
    `UPDATE csv_upload SET status = 'NEEDS_REVIEW'
     WHERE id = $1 AND status::text = ANY ($2::text[])`,
    [upload.id, uploadSources('NEEDS_REVIEW')],
  );
  if (rowCount !== 1) throw new Error(`The status of the upload ${upload.id} does not allow a review.`);
  await notifyOutcome(client, upload.id);
}

/** Says of the draft that it is not made, as rows could not be compared. A retry of the upload goes on with it. */
export async function failReview(client: pg.ClientBase, uploadId: string): Promise<void> {
  await client.query(
    `UPDATE draft SET status = 'FAILED', updated_at = now()
     WHERE upload_id = $1 AND kind = 'REVIEW' AND status = 'BUILDING'`,
    [uploadId],
  );
}

/** SQL: what a list of changes shows of the pledge `p`, which the file does not change. `$3` is the status of a pledge without one. */
const shownCells = `jsonb_strip_nulls(jsonb_build_object(
  'platform', p.platform, 'external_id', p.external_id, 'status', coalesce(p.status::text, $3::text), 'amount', p.amount::text,
  'currency', p.currency, 'items', p.items::text))`;

/** SQL: cells with another status. */
const withStatus = (cells: string, status: string) => `${cells} || jsonb_build_object('status', ${status})`;

/**
 * SQL: pledges of the platforms of the file that it does not name. A row that was rejected names its pledge all the same, where its
 * number can be read. `$1` is the draft, `$2` the upload, `$4` the campaign, `$5` whether what is missing becomes GONE.
 *
 * The draft was written a moment ago, so the planner knows nothing of it and takes it for empty. `OFFSET 0` keeps the question for
 * one pledge as it is: a look by key for each. Joined, each pledge would be compared with the whole draft.
 */
export const missingStatement = `
  WITH chunk AS MATERIALIZED (SELECT result -> 'named' AS named FROM csv_upload_chunk WHERE upload_id = $2)
  INSERT INTO draft_record (draft_id, "table", id, change, fields, before, after)
  SELECT $1, 'pledge', p.id, 'MISSING', CASE WHEN $5 THEN '{status}'::text[] ELSE '{}'::text[] END,
         jsonb_build_object('cells', shown.cells),
         CASE WHEN $5 THEN jsonb_build_object('cells', ${withStatus('shown.cells', "'GONE'")}) END
  FROM pledge p CROSS JOIN LATERAL (SELECT ${shownCells} AS cells) shown
  WHERE p.campaign_id = $4 AND p.gone_sequence IS NULL
    AND p.platform = ANY (ARRAY(SELECT jsonb_array_elements_text(named -> 'platforms') FROM chunk))
    AND NOT EXISTS (
      SELECT FROM draft_record r WHERE r.draft_id = $1 AND r."table" = 'pledge' AND r.id = p.id OFFSET 0
    )
    AND p.id NOT IN (SELECT jsonb_array_elements_text(named -> 'rejected')::uuid FROM chunk)
  ON CONFLICT DO NOTHING`;

async function addMissing(
  client: pg.ClientBase,
  draftId: string,
  { id, campaignId, isComplete }: ReviewedUpload,
): Promise<void> {
  await client.query(missingStatement, [draftId, id, assumedStatus, campaignId, isComplete]);
}

/** Pledges that are GONE, and that the file names: they are back, whatever else changes. */
async function addReturning(client: pg.ClientBase, draftId: string, campaignId: string): Promise<void> {
  await client.query(
    `UPDATE draft_record r SET change = 'CHANGED', fields = array_append(array_remove(r.fields, 'status'), 'status'),
       before = jsonb_build_object('cells', ${withStatus("coalesce(r.before -> 'cells', shown.cells)", "'GONE'")}),
       after = r.after || jsonb_build_object('cells', ${withStatus(
         "coalesce(r.after -> 'cells', shown.cells)",
         "coalesce(r.after -> 'cells' ->> 'status', shown.cells ->> 'status')",
       )})
     FROM pledge p CROSS JOIN LATERAL (SELECT ${shownCells} AS cells) shown
     WHERE r.draft_id = $1 AND r."table" = 'pledge' AND r.change IN ('CHANGED', 'UNCHANGED') AND p.id = r.id
       AND (SELECT has_complete_uploads FROM campaign WHERE id = $2)
       AND p.campaign_id = $2 AND p.gone_sequence IS NOT NULL AND p.gone_sequence < (r.after ->> 'sequence')::int`,
    [draftId, campaignId, assumedStatus],
  );
}
