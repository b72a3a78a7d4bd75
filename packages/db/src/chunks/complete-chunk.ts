import { assumedStatus, committedStatuses, type MappedRecord, type MappedRows } from '@pledgeline/csv-core';
import type pg from 'pg';
import type { Database } from '../client.js';
import { pledgeId, type RecordSource, writeProducts, writeRecords } from '../records/write-records.js';
import { lockUpload, settleUpload } from '../settle/settle-upload.js';
import {
  addTotal,
  addUnits,
  type ChunkResult,
  canonicalAmount,
  type PledgeTotal,
  type ProductUnits,
} from '../settle/statistics.js';
import { chunkSources } from '../status/moves.js';
import { inTransaction } from '../transaction.js';
import type { ClaimedChunk } from './claim-chunk.js';

/** The chunk is not this attempt's any more: its lease ran out, or the upload was canceled. Nothing was written. */
export class LostLeaseError extends Error {
  override readonly name = 'LostLeaseError';
  readonly code = 'lost_lease';
}

/**
 * Writes what a chunk has become. Records, counts, issues and the status `COMPLETED` commit together or not at
 * all, and only while the attempt's token stands; if it was the last chunk, the upload is settled in the same
 * transaction.
 *
 * @throws LostLeaseError
 */
export async function completeChunk(db: Database, chunk: ClaimedChunk, mapped: MappedRows): Promise<void> {
  await inTransaction(db.pool, async (client) =>
    writeProducts(client, await recordSource(client, chunk), mapped.records),
  );
  await inTransaction(db.pool, async (client) => {
    const written = await writeRecords(client, await recordSource(client, chunk), mapped.records);
    const result: ChunkResult = {
      records: written,
      totals: sumTotals(chunk.campaignId, mapped.records),
      units: sumUnits(chunk.campaignId, mapped.records),
    };
    // Upload before chunk, as everybody locks them.
    await lockUpload(client, chunk.uploadId);
    await storeResult(client, chunk, mapped, result);
    await settleUpload(client, chunk.uploadId);
  });
}

/**
 * An unchanged record keeps the mark of the row that wrote it, unless a row that is older than ours may be
 * written after ours: one of an earlier upload that is not final, or one further up in this file.
 */
async function recordSource(client: pg.ClientBase, chunk: ClaimedChunk): Promise<RecordSource> {
  const { rows } = await client.query<{ mark: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM csv_upload_chunk
                    WHERE upload_id = $1 AND index < $2 AND status <> 'COMPLETED')
         OR EXISTS (SELECT 1 FROM csv_upload
                    WHERE campaign_id = $3 AND sequence < $4 AND (status IN ('PENDING', 'PROCESSING', 'NEEDS_MAPPING')
                      OR (status = 'FAILED' AND sealed_at IS NOT NULL))) AS mark`,
    [chunk.uploadId, chunk.index, chunk.campaignId, chunk.sequence],
  );
  return { campaignId: chunk.campaignId, sequence: chunk.sequence, markUnchanged: rows[0]?.mark ?? true };
}

async function storeResult(
  client: pg.ClientBase,
  chunk: ClaimedChunk,
  mapped: MappedRows,
  result: ChunkResult,
): Promise<void> {
  const { rowCount } = await client.query(
    `UPDATE csv_upload_chunk
     SET status = 'COMPLETED', imported_count = $3, rejected_count = $4, result = $5, errors = $6,
         attempt_token = NULL, lease_until = NULL, last_error = NULL, updated_at = now(), finished_at = now()
     WHERE id = $1 AND attempt_token = $2 AND status = 'PROCESSING' AND status = ANY ($7::"UploadStatus"[])`,
    [
      chunk.id,
      chunk.token,
      mapped.records.length,
      mapped.rejects.length,
      JSON.stringify(result),
      mapped.issues.length > 0 ? JSON.stringify(mapped.issues) : null,
      chunkSources('COMPLETED'),
    ],
  );
  if (rowCount !== 1) throw new LostLeaseError(`Chunk ${chunk.id} is no longer attempt ${chunk.attempt}'s`);
}

/** A pledge that stands in several rows counts once, as its last row has it. */
function lastOfEachPledge(campaignId: string, records: readonly MappedRecord[]): readonly MappedRecord[] {
  return [...new Map(records.map((record) => [pledgeId(campaignId, record.pledge), record])).values()];
}

function sumTotals(campaignId: string, records: readonly MappedRecord[]): readonly PledgeTotal[] {
  const totals = new Map<string, PledgeTotal>();
  for (const { pledge } of lastOfEachPledge(campaignId, records)) {
    addTotal(totals, {
      currency: pledge.currency,
      status: pledge.status ?? assumedStatus,
      pledges: 1,
      amount: canonicalAmount(pledge.amount ?? '0'),
    });
  }
  return [...totals.values()];
}

/** Products without units are listed too: the settled report counts products by this list. */
function sumUnits(campaignId: string, records: readonly MappedRecord[]): readonly ProductUnits[] {
  const units = new Map<string, ProductUnits>();
  for (const { pledge, products } of lastOfEachPledge(campaignId, records)) {
    const committed = committedStatuses.includes(pledge.status ?? assumedStatus);
    for (const { kind, key, name } of products) {
      const item = pledge.items?.find((each) => each.kind === kind && each.productKey === key);
      addUnits(units, { kind, key, name, units: committed ? (item?.quantity ?? 0) : 0 });
    }
  }
  return [...units.values()];
}
