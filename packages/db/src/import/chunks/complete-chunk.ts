import type { MappedRecord, MappedRows } from '@pledgeline/csv-core';
import type pg from 'pg';
import type { Database } from '../../client.js';
import { inTransaction } from '../../transaction.js';
import { compareProducts, compareRecords } from '../drafts/compare-chunk.js';
import { addRefused, nameChunkPledges } from '../gone/name-pledges.js';
import { compareTotals } from '../records/compare-totals.js';
import { type PreparedRecords, prepareRecords } from '../records/prepare-records.js';
import { writeProducts, writeRecords } from '../records/write-records.js';
import type { WriteOptions } from '../records/write-rows.js';
import { type Settlement, settleIfDone } from '../settle/settle-upload.js';
import type { ChunkResult, NamedPledges } from '../settle/statistics.js';
import { chunkSources } from '../status/moves.js';
import { awaitEarlierChunks } from './await-earlier-chunks.js';
import type { ClaimedChunk } from './claim-chunk.js';
import { isRefusal, type RefusedOrder, writeAccepted } from './write-accepted.js';

/** The chunk no longer belongs to this attempt: its lease ran out, or the upload was canceled. */
export class LostLeaseError extends Error {
  override readonly name = 'LostLeaseError';
  readonly code = 'lost_lease';
}

/**
 * Writes the result of a chunk. Records, counts, issues and the status `COMPLETED` commit together or not at all, and only
 * while the attempt's token is valid. The products that the records name are written before that, also only with the token.
 * Of an upload that is reviewed, the result goes into its draft, and no record is written.
 *
 * If it was the last chunk, the upload is settled after the commit, and the settlement is returned.
 *
 * A record that our validation accepts and Postgres refuses becomes a reject; the others are written.
 *
 * @param onRefused called after the commit, with each order that Postgres has refused
 * @throws LostLeaseError; SettleError when the chunk is committed and the settlement, which the sweep repeats, failed
 */
export async function completeChunk(
  db: Database,
  chunk: ClaimedChunk,
  mapped: MappedRows,
  onRefused: (order: RefusedOrder) => void = () => undefined,
): Promise<Settlement | null> {
  if (chunk.isReview) {
    await compareWhole(db, chunk, mapped);
    return settleIfDone(db, chunk.uploadId);
  }
  try {
    await completeWhole(db, chunk, mapped);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    for (const order of await completeAccepted(db, chunk, mapped)) onRefused(order);
  }
  return settleIfDone(db, chunk.uploadId);
}

/** Writes what the rows would change into the draft of their upload, and nothing else. Their amounts are not read back. */
async function compareWhole(db: Database, chunk: ClaimedChunk, mapped: MappedRows): Promise<void> {
  const prepared = await prepareRecords(chunk, mapped.records);
  const named = await nameChunkPledges(chunk, mapped);
  await inTransaction(db.pool, async (client) => {
    await holdChunk(client, chunk);
    await compareProducts(client, chunk, prepared);
  });
  await inTransaction(db.pool, async (client) => {
    await compareRecords(client, chunk, prepared);
    await storeResult(client, chunk, mapped, {
      records: countRecords(mapped.records),
      products: prepared.products.map(({ id }) => id),
      totals: [],
      repairs: mapped.repairs,
      ...(named && { named }),
    });
    await db.faultPoint('chunk.written');
  });
}

async function completeWhole(db: Database, chunk: ClaimedChunk, mapped: MappedRows): Promise<void> {
  const prepared = await prepareRecords(chunk, mapped.records);
  const named = await nameChunkPledges(chunk, mapped);
  await awaitEarlierChunks(db, chunk, prepared);
  await inTransaction(db.pool, async (client) => {
    await holdChunk(client, chunk);
    await writeProducts(client, prepared, await productOptions(client, chunk));
  });
  await inTransaction(db.pool, async (client) => {
    await writeRecords(client, prepared, await recordOptions(client, chunk), db.faultPoint);
    await finish(db, client, chunk, mapped, { prepared, named });
  });
}

/**
 * The slow way, after Postgres has refused something: one transaction, with savepoints. A product that only
 * refused records name may already be there from the first try; it stays, with no units.
 */
async function completeAccepted(
  db: Database,
  chunk: ClaimedChunk,
  mapped: MappedRows,
): Promise<readonly RefusedOrder[]> {
  const named = await nameChunkPledges(chunk, mapped);
  return inTransaction(db.pool, async (client) => {
    // The chunk is written in parts, and for products the rows of a later part lose to those of an earlier one.
    const products = { ...(await productOptions(client, chunk)), moveVersions: true };
    const records = await recordOptions(client, chunk);
    const accepted = await writeAccepted(db, client, chunk, mapped, { products, records });
    await finish(db, client, chunk, accepted.mapped, {
      prepared: await prepareRecords(chunk, accepted.mapped.records),
      named: named && addRefused(named, chunk, mapped.records, accepted.mapped.records),
    });
    return accepted.refused;
  });
}

/** Reads back what was written, and stores the result. */
async function finish(
  db: Database,
  client: pg.PoolClient,
  chunk: ClaimedChunk,
  mapped: MappedRows,
  { prepared, named }: { readonly prepared: PreparedRecords; readonly named: NamedPledges | null },
): Promise<void> {
  const totals = await compareTotals(client, prepared);
  const products = prepared.products.map(({ id }) => id);
  await storeResult(client, chunk, mapped, {
    records: countRecords(mapped.records),
    products,
    totals,
    repairs: mapped.repairs,
    ...(named && { named }),
  });
  await db.faultPoint('chunk.written');
}

/** Checks the token and locks the chunk's row, so that no other attempt gets the chunk before the transaction ends. */
async function holdChunk(client: pg.ClientBase, chunk: ClaimedChunk): Promise<void> {
  const { rowCount } = await client.query(
    `SELECT 1 FROM csv_upload_chunk WHERE id = $1 AND attempt_token = $2 AND status = 'PROCESSING' FOR SHARE`,
    [chunk.id, chunk.token],
  );
  if (rowCount !== 1) throw lostLease(chunk);
}

/** Earlier uploads of the campaign whose rows may still be written, or written again. */
const olderUploads = `SELECT 1 FROM csv_upload
  WHERE campaign_id = $3 AND sequence < $4
    AND (status IN ('PENDING', 'PROCESSING', 'NEEDS_MAPPING', 'NEEDS_REVIEW', 'UNDOING', 'UNDONE', 'REMAPPING') OR (status = 'FAILED' AND sealed_at IS NOT NULL))`;

/**
 * An unchanged record keeps the version of the row that wrote it, unless a row that is older than ours may be written
 * later: one of an earlier upload that is not final, or one of a chunk before ours in this file.
 */
function recordOptions(client: pg.ClientBase, chunk: ClaimedChunk): Promise<WriteOptions> {
  return readOptions(client, chunk, 'first_row < $2');
}

/** For products the first row of a file wins, so the rows that lose to ours are those after it in the file. */
function productOptions(client: pg.ClientBase, chunk: ClaimedChunk): Promise<WriteOptions> {
  return readOptions(client, chunk, 'first_row > $2');
}

/** Asks for the first row and not for the index, which changes when a chunk before this one is halved. */
async function readOptions(
  client: pg.ClientBase,
  chunk: ClaimedChunk,
  losing: string,
): Promise<WriteOptions> {
  const { id, uploadId, firstRow, campaignId, sequence } = chunk;
  const { rows } = await client.query<Omit<WriteOptions, 'sequence'>>(
    `SELECT EXISTS (SELECT 1 FROM csv_upload_chunk
                    WHERE upload_id = $1 AND ${losing} AND id <> $5 AND status <> 'COMPLETED')
         OR EXISTS (${olderUploads}) AS "moveVersions",
         (SELECT has_complete_uploads FROM campaign WHERE id = $3) AS "movePledges"`,
    [uploadId, firstRow, campaignId, sequence, id],
  );
  return { sequence, moveVersions: true, movePledges: true, ...rows[0] };
}

function countRecords(records: readonly MappedRecord[]): ChunkResult['records'] {
  const pledges = records.filter((record) => record.pledge !== null).length;
  const surveys = records.filter((record) => record.survey !== null).length;
  return { backers: records.length, pledges, surveys };
}

async function storeResult(
  client: pg.ClientBase,
  chunk: ClaimedChunk,
  mapped: MappedRows,
  result: ChunkResult,
): Promise<void> {
  const { rowCount } = await client.query(
    `UPDATE csv_upload_chunk
     SET status = 'COMPLETED', imported_count = $3, rejected_count = $4, left_out_count = $8, result = $5, errors = $6,
         attempt_token = NULL, lease_until = NULL, last_error = NULL, updated_at = now(), finished_at = now()
     WHERE id = $1 AND attempt_token = $2 AND status = ANY ($7::"UploadStatus"[])`,
    [
      chunk.id,
      chunk.token,
      mapped.importedRows,
      mapped.rejects.length,
      encodeResult(result),
      mapped.issues.length > 0 ? JSON.stringify(mapped.issues) : null,
      chunkSources('COMPLETED'),
      mapped.leftOut.length,
    ],
  );
  if (rowCount !== 1) throw lostLease(chunk);
}

/** `pledged` is stored as `told`, its first name, since releases that run side by side read each other's results. */
function encodeResult({ totals, ...result }: ChunkResult): string {
  const stored = totals.map(({ pledged, ...total }) => ({ ...total, told: pledged }));
  return JSON.stringify({ ...result, totals: stored });
}

function lostLease(chunk: ClaimedChunk): LostLeaseError {
  return new LostLeaseError(
    `The chunk ${chunk.id} no longer belongs to attempt ${chunk.attempt}: its lease ran out, or the upload was canceled.`,
  );
}
