import { assumedStatus, committedStatuses, unpaidStatuses } from '@pledgeline/csv-core/map';
import type pg from 'pg';
import type { Database } from '../../client.js';
import { notifyOutcome } from '../../outcome/notify-outcome.js';
import { inTransaction } from '../../transaction.js';
import { isHeldSql, requireNotHeld } from '../drafts/hold.js';
import { restoreUnitsOnHand } from '../drafts/write-bucket.js';
import { settleGone } from '../gone/settle-gone.js';
import { uploadSources } from '../status/moves.js';
import { allowTime } from './allow-time.js';
import { type Difference, findDifferences } from './find-differences.js';
import { type CountedUpload, countRows, gatherStatistics } from './gather-statistics.js';
import { recountOthers } from './recount-campaign.js';
import { failReview, settleReview } from './settle-review.js';

/** All chunks of an upload are done, and it could not be ended. The sweep tries again. */
export class SettleError extends Error {
  override readonly name = 'SettleError';
  constructor(uploadId: string, cause: unknown) {
    super(`Upload ${uploadId} could not be settled`, { cause });
  }
}

const openChunks = `SELECT 1 FROM csv_upload_chunk
  WHERE upload_id = u.id AND status = ANY (ARRAY['PENDING', 'PROCESSING']::"UploadStatus"[])`;

/**
 * Ends an upload if all its chunks are done or failed. In a transaction of its own, after that of the last chunk: a
 * settlement counts the whole campaign, and a chunk must not be lost when that takes too long.
 *
 * @throws SettleError
 */
export async function settleIfDone(db: Database, uploadId: string): Promise<Settlement | null> {
  try {
    const { rows } = await db.pool.query(
      `SELECT 1 FROM csv_upload u WHERE id = $1 AND status = 'PROCESSING' AND NOT ${isHeldSql('u')} AND NOT EXISTS (${openChunks})`,
      [uploadId],
    );
    if (rows.length === 0) return null;
    return await inTransaction(db.pool, async (client) => {
      const settlement = await settleUpload(client, uploadId);
      await db.faultPoint('upload.settled');
      return settlement;
    });
  } catch (error) {
    throw new SettleError(uploadId, error);
  }
}

/**
 * Ends an upload whose chunks are all done or failed: statistics, inventory, final status and notification, in
 * the caller's transaction. Does nothing, and returns null, while a chunk is open or when the upload is final already.
 */
export async function settleUpload(client: pg.PoolClient, uploadId: string): Promise<Settlement | null> {
  await client.query('SELECT 1 FROM csv_upload WHERE id = $1 FOR NO KEY UPDATE', [uploadId]);
  // Where a draft holds the campaign, what is counted in the tables is neither of before nor of after it.
  await client.query(
    'SELECT 1 FROM campaign WHERE id = (SELECT campaign_id FROM csv_upload WHERE id = $1) FOR NO KEY UPDATE',
    [uploadId],
  );
  const { rows } = await client.query<{
    open: boolean;
    failed: number;
    canceled: number;
    review: boolean;
    campaignId: string;
    complete: boolean;
  }>(
    `SELECT EXISTS (${openChunks}) AS open, failed, canceled, u.review, u.campaign_id AS "campaignId", u.complete
     FROM csv_upload u CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE status = 'FAILED') AS failed, count(*) FILTER (WHERE status = 'CANCELED') AS canceled
       FROM csv_upload_chunk WHERE upload_id = u.id) chunks
     WHERE u.id = $1 AND u.status = 'PROCESSING' AND NOT ${isHeldSql('u')}`,
    [uploadId],
  );
  const state = rows[0];
  if (!state || state.open) return null;
  if (state.review && state.failed === 0) {
    await settleReview(client, { id: uploadId, campaignId: state.campaignId, isComplete: state.complete });
    return { uploadId, status: 'NEEDS_REVIEW', differences: [] };
  }
  if (state.review) await failReview(client, uploadId);
  // Chunks that are canceled while the upload goes on are those of one that was canceled, undone, and brought back.
  const wanted = state.failed > 0 ? 'FAILED' : state.canceled > 0 ? 'CANCELED' : 'COMPLETED';
  return settleFinal(client, uploadId, wanted);
}

/** How an upload ended. */
export interface Settlement {
  readonly uploadId: string;
  readonly status: FinalStatus | 'NEEDS_REVIEW';
  /** Differences in the account: a fault of ours. */
  readonly differences: readonly Difference[];
}

type FinalStatus = 'COMPLETED' | 'FAILED' | 'CANCELED';

/**
 * Writes a final state and everything that belongs to it. The upload's row must be locked.
 *
 * @throws UploadError `campaign_held`
 */
export async function settleFinal(
  client: pg.PoolClient,
  uploadId: string,
  wanted: FinalStatus,
): Promise<Settlement> {
  const upload = await readSettled(client, uploadId);
  await allowTime(client, upload.campaignId);
  // Settlements of one campaign run one after the other: the later one's inventory must include the earlier one's rows.
  await client.query('SELECT 1 FROM campaign WHERE id = $1 FOR NO KEY UPDATE', [upload.campaignId]);
  await requireNotHeld(client, uploadId);
  const differences = await findDifferences(client, uploadId, wanted, await countRows(client, upload));
  const status: FinalStatus = differences.length === 0 ? wanted : 'FAILED';
  // Before the inventory, which does not count them.
  const gone = await settleGone(client, upload, status);
  await recomputeInventory(client, upload.campaignId);
  await restoreUnitsOnHand(client, uploadId);
  const statistics = { ...(await gatherStatistics(client, upload)), ...(gone && { gone }) };
  const failure = await explainFailure(client, uploadId, status, differences);
  const { rowCount } = await client.query(
    `UPDATE csv_upload SET status = $2::"UploadStatus", statistics = $3, finished_at = now(),
       failure_code = $4, failure_message = $5
     WHERE id = $1 AND status = ANY ($6::"UploadStatus"[])`,
    [
      uploadId,
      status,
      JSON.stringify(statistics),
      failure?.code ?? null,
      failure?.message ?? null,
      uploadSources(status),
    ],
  );
  if (rowCount !== 1)
    throw new Error(`The status of the upload ${uploadId} does not allow a change to ${status}.`);
  if (await wasReworked(client, uploadId)) await recountOthers(client, upload);
  await notifyOutcome(client, uploadId);
  return { uploadId, status, differences };
}

/** Whether it is brought back, or mapped again: uploads that have ended before it have been counted with its rows, or without. */
async function wasReworked(client: pg.ClientBase, uploadId: string): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT 1 FROM draft WHERE upload_id = $1 AND kind IN ('UNDO', 'REMAP')`,
    [uploadId],
  );
  return rows.length > 0;
}

async function readSettled(client: pg.ClientBase, id: string): Promise<CountedUpload> {
  const { rows } = await client.query<CountedUpload>(
    `SELECT id, campaign_id AS "campaignId", sequence, row_count AS "rowCount"
     FROM csv_upload WHERE id = $1`,
    [id],
  );
  const row = rows[0];
  if (!row) throw new Error(`The upload ${id} does not exist, so it cannot be settled.`);
  return row;
}

/**
 * Counts every unit again, because a sum that is updated step by step can drift. The SELECT is a statement of its own,
 * because Postgres never runs the SELECT of an INSERT in parallel.
 */
export async function recomputeInventory(client: pg.ClientBase, campaignId: string): Promise<void> {
  const { rows } = await client.query<{ id: string; units: number; unpaid: number }>(
    `SELECT p.id, coalesce(counted.units, 0) AS units, coalesce(counted.unpaid, 0) AS unpaid FROM product p LEFT JOIN (
       SELECT item.key::uuid AS id, sum((item.value ->> 'quantity')::bigint)::bigint AS units,
              sum((item.value ->> 'quantity')::bigint) FILTER (WHERE l.status = ANY ($4::"PledgeStatus"[]))::bigint AS unpaid
       FROM pledge l, jsonb_each(l.items) item
       WHERE l.campaign_id = $1 AND coalesce(l.status, $2::"PledgeStatus") = ANY ($3::"PledgeStatus"[]) AND l.gone_sequence IS NULL
       GROUP BY item.key) counted USING (id)
     WHERE p.campaign_id = $1 ORDER BY p.id`,
    [campaignId, assumedStatus, committedStatuses, unpaidStatuses],
  );
  await client.query(
    `INSERT INTO inventory (product_id, campaign_id, committed, unpaid)
     SELECT each.id, $1, each.units, each.unpaid
     FROM unnest($2::uuid[], $3::bigint[], $4::bigint[]) AS each (id, units, unpaid)
     ON CONFLICT (product_id) DO UPDATE SET committed = EXCLUDED.committed, unpaid = EXCLUDED.unpaid, updated_at = now()
     WHERE (inventory.committed, inventory.unpaid) IS DISTINCT FROM (EXCLUDED.committed, EXCLUDED.unpaid)`,
    [campaignId, rows.map(({ id }) => id), rows.map(({ units }) => units), rows.map(({ unpaid }) => unpaid)],
  );
}

async function explainFailure(
  client: pg.ClientBase,
  uploadId: string,
  status: FinalStatus,
  differences: readonly Difference[],
) {
  if (status !== 'FAILED') return null;
  if (differences.length > 0) {
    const named = differences.map(
      ({ what, inFile, stored }) => `${what}: ${inFile} in the file, ${stored} stored`,
    );
    const message = `The account does not close (${named.join('; ')}). This is a fault of ours; the file is kept.`;
    return { code: 'accounting_mismatch', message };
  }
  const { rows } = await client.query<{ failed: number; rows: number; reason: string | null }>(
    `SELECT count(*) AS failed, sum(row_count) AS rows, min(last_error) AS reason
     FROM csv_upload_chunk WHERE upload_id = $1 AND status = 'FAILED'`,
    [uploadId],
  );
  const lost = rows[0];
  const what = `${counted(lost?.rows ?? 0, 'row')} in ${counted(lost?.failed ?? 0, 'chunk')}`;
  const message = `${what} could not be processed: ${lost?.reason ?? 'unknown reason'}. Retry the upload.`;
  return { code: 'chunks_failed', message };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
