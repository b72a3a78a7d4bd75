import type { FileIssueCode } from '@pledgeline/csv-core';
import type pg from 'pg';
import type { CountedUpload } from '../settle/gather-statistics.js';
import type { GonePledges } from '../settle/statistics.js';
import { addFileWarning } from '../uploads/add-file-warning.js';
import { notMarkedSql, withLists, wronglyMarked } from './gone-sql.js';

/** How many pledges became GONE, and how many came back. */
export interface GoneChanges {
  readonly marked: number;
  readonly back: number;
}

/**
 * Marks the pledges that complete uploads do not name, and takes marks off pledges that were named since, when an upload is about to
 * get its final status. Null where the campaign never had a complete upload. The campaign's row must be locked.
 */
export async function settleGone(
  client: pg.ClientBase,
  { id, campaignId }: CountedUpload,
  status: 'COMPLETED' | 'FAILED' | 'CANCELED',
): Promise<GonePledges | null> {
  const { rows: campaigns } = await client.query(
    'SELECT 1 FROM campaign WHERE id = $1 AND has_complete_uploads',
    [campaignId],
  );
  if (campaigns.length === 0) return null;
  const isCompleted = status === 'COMPLETED';
  const notMarked = isCompleted ? await findReason(client, id) : null;
  if (notMarked !== null) await warn(client, id, notMarked);
  const { marked, back } = await deriveGone(client, campaignId, isCompleted ? id : null);
  // Added up, because an upload that is retried is settled again, and its rows have brought pledges back before.
  const { rows } = await client.query<GoneChanges>(
    `UPDATE csv_upload SET gone_count = gone_count + $2, back_count = back_count + $3 WHERE id = $1
     RETURNING gone_count AS marked, back_count AS back`,
    [id, marked, back],
  );
  return { marked, back, ...rows[0], notMarked };
}

/**
 * Makes `gone_sequence` of all pledges of a campaign what its uploads say. Depends on nothing but them, so it may run any number of
 * times.
 *
 * @param settledId an upload that is being completed in this transaction; null when there is none
 */
export async function deriveGone(
  client: pg.ClientBase,
  campaignId: string,
  settledId: string | null,
): Promise<GoneChanges> {
  // Locked in the order of their ids, as chunks do it.
  const { rows } = await client.query<{ id: string; gone: number | null; was: number | null }>(
    `${withLists} SELECT l.id, derived.gone, l.gone_sequence AS was FROM ${wronglyMarked}
     ORDER BY l.id FOR NO KEY UPDATE OF l`,
    [campaignId, settledId],
  );
  if (rows.length === 0) return { marked: 0, back: 0 };
  await client.query(
    `UPDATE pledge l SET gone_sequence = input.gone, updated_at = CASE
       WHEN (l.gone_sequence IS NULL) = (input.gone IS NULL) THEN l.updated_at ELSE now() END
     FROM unnest($1::uuid[], $2::int[]) AS input (id, gone) WHERE l.id = input.id`,
    [rows.map(({ id }) => id), rows.map(({ gone }) => gone)],
  );
  return {
    marked: rows.filter(({ was }) => was === null).length,
    back: rows.filter(({ gone }) => gone === null).length,
  };
}

type Reason = NonNullable<GonePledges['notMarked']>;

/** Why an upload marks nothing though it is complete; null when it is not, or does. */
export async function findReason(client: pg.ClientBase, uploadId: string): Promise<Reason | null> {
  const { rows } = await client.query<{ reason: Reason | null }>(
    `SELECT ${notMarkedSql} AS reason FROM csv_upload u WHERE id = $1 AND complete`,
    [uploadId],
  );
  return rows[0]?.reason ?? null;
}

const code: FileIssueCode = 'missing_not_marked';

const reasons: Readonly<Record<Reason, string>> = {
  part_of_file:
    'The file brings back rejected rows of another one, so it is no whole campaign, whatever was said when it was sent.',
  unread_file: 'Not all of the file was read, so nobody knows which pledges it lacks.',
  unnamed_rows:
    'Some rows have slipped, or were rejected, and do not say for sure which pledge they are, so nobody knows which pledges the file lacks. Correct these rows and send the whole file again.',
  no_pledges: 'No pledge of the file was imported.',
};

/** Tells it among the issues of the upload, once: a merge of campaigns settles uploads again. */
async function warn(client: pg.ClientBase, uploadId: string, reason: Reason): Promise<void> {
  const { rows } = await client.query<{ index: number }>(
    `SELECT index FROM csv_upload_file f WHERE upload_id = $1 AND skipped IS NULL AND NOT EXISTS (
       SELECT 1 FROM csv_upload_file WHERE upload_id = $1 AND issues @? '$[*] ? (@.code == "${code}")')
     ORDER BY index LIMIT 1`,
    [uploadId],
  );
  const [file] = rows;
  if (!file) return;
  const message = `${reasons[reason]} No pledge is marked as GONE because of this file, though it was sent as the whole campaign.`;
  await addFileWarning(client, uploadId, file.index, { code, message });
}
