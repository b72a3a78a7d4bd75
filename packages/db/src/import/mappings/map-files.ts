import type {
  Assumption,
  ColumnAssignment,
  DateOrder,
  DecimalMark,
  OrderGrouping,
} from '@pledgeline/csv-core';
import type pg from 'pg';
import type { Database } from '../../client.js';
import { inTransaction } from '../../transaction.js';
import { openReview } from '../drafts/open-review.js';
import { uploadSources } from '../status/moves.js';
import { UploadError } from '../uploads/upload-error.js';
import type { FileDateOrder } from '../uploads/upload-file.js';
import { joinSplitOrders } from './join-split-orders.js';
import { linkSiblings } from './link-siblings.js';

/** A file of an archive that the person leaves out of the import. */
export interface FileToSkip {
  readonly fileIndex: number;
  /** Why, as a sentence. */
  readonly skip: string;
}

/** How one file of an upload is to be mapped, as set by a person. */
export interface FileMapping {
  /** Which file of the upload, from 0. */
  readonly fileIndex: number;
  /** Name of the platform to read the file by. */
  readonly platform: string;
  /** What the columns are; null where the platform decides it. */
  readonly columns: readonly ColumnAssignment[] | null;
  /** How the file shows that several rows are one order; null when it does not. */
  readonly orders: OrderGrouping | null;
  /** How the whole file writes 03/04/2024. */
  readonly dateOrder?: DateOrder | undefined;
  /** The character before decimals; null when no cell shows it. */
  readonly decimalMark: DecimalMark | null;
  /** What is assumed because the columns do not say it. */
  readonly assumptions: readonly Assumption[];
}

/**
 * Sets what the columns of an upload's files are, and lets the import begin. Returns the chunks to enqueue.
 *
 * @param options `review`: whether the rows are only compared with the campaign first; as the upload was sent, if it is not said
 * @throws UploadError `illegal_move` when the upload does not wait for a mapping, `mapping_incomplete` when a file is
 * still unknown afterwards, `order_too_long`
 */
export function mapFiles(
  db: Database,
  uploadId: string,
  mappings: readonly (FileMapping | FileToSkip)[],
  { review }: { readonly review?: boolean | undefined } = {},
): Promise<readonly string[]> {
  return inTransaction(db.pool, async (client) => {
    await holdWaiting(client, uploadId);
    if (review !== undefined) {
      await client.query('UPDATE csv_upload SET review = $2 WHERE id = $1', [uploadId, review]);
    }
    for (const mapping of mappings) {
      if ('skip' in mapping) await skipFile(client, uploadId, mapping);
      else await mapFile(client, uploadId, mapping);
    }
    await requireAllMapped(client, uploadId);
    await namePlatform(client, uploadId);
    await client.query(`UPDATE csv_upload SET status = 'PENDING' WHERE id = $1`, [uploadId]);
    await openReview(client, uploadId);
    const { rows } = await client.query<{ id: string }>(
      'SELECT id FROM csv_upload_chunk WHERE upload_id = $1 ORDER BY index',
      [uploadId],
    );
    return rows.map((row) => row.id);
  });
}

/** Says of an upload what the platform of all its files is. */
export async function namePlatform(client: pg.ClientBase, uploadId: string): Promise<void> {
  await client.query(
    `UPDATE csv_upload SET platform = (
       SELECT CASE WHEN count(DISTINCT platform) = 1 THEN min(platform) END FROM csv_upload_file
       WHERE upload_id = $1 AND skipped IS NULL)
     WHERE id = $1`,
    [uploadId],
  );
}

async function holdWaiting(client: pg.ClientBase, uploadId: string): Promise<void> {
  const { rowCount } = await client.query(
    `SELECT 1 FROM csv_upload WHERE id = $1 AND status = 'NEEDS_MAPPING' AND status = ANY ($2::"UploadStatus"[])
     FOR UPDATE`,
    [uploadId, uploadSources('PENDING')],
  );
  if (rowCount === 1) return;
  throw new UploadError('illegal_move', 'Only an upload that needs a mapping can be given one.');
}

/** Sets how one file is read. The chunks of the upload must not be claimed. @throws UploadError `order_too_long` */
export async function mapFile(client: pg.ClientBase, uploadId: string, mapping: FileMapping): Promise<void> {
  const { fileIndex, platform, columns, orders, dateOrder, decimalMark, assumptions } = mapping;
  const reading = { questions: [], assumptions };
  const { rows } = await client.query<{ date_orders: FileDateOrder[] | null }>(
    `UPDATE csv_upload_file SET platform = $3, columns = $4,
       format = jsonb_set(format, '{decimalMark}', coalesce(to_jsonb($5::text), 'null')), reading = $6, suggestion = NULL
     WHERE upload_id = $1 AND index = $2 AND skipped IS NULL RETURNING date_orders`,
    [uploadId, fileIndex, platform, columns && JSON.stringify(columns), decimalMark, JSON.stringify(reading)],
  );
  if (dateOrder !== undefined) {
    const found = rows[0]?.date_orders ?? [];
    const said = found.map((column) => ({ ...column, order: dateOrder, source: 'requested' }));
    await client.query('UPDATE csv_upload_file SET date_orders = $3 WHERE upload_id = $1 AND index = $2', [
      uploadId,
      fileIndex,
      JSON.stringify(said),
    ]);
  }
  if (orders) await joinSplitOrders(client, uploadId, fileIndex, orders);
  await linkSiblings(client, uploadId, { fileIndex, platform, columns, repeats: null });
}

/**
 * Takes the file's rows out of the upload, so that imported and rejected rows still add up to its row count, and deletes
 * the file's issues, which no longer matter.
 */
async function skipFile(
  client: pg.ClientBase,
  uploadId: string,
  { fileIndex, skip }: FileToSkip,
): Promise<void> {
  await client.query(
    `UPDATE csv_upload_file SET skipped = $3, row_count = 0, issues = NULL
     WHERE upload_id = $1 AND index = $2 AND skipped IS NULL`,
    [uploadId, fileIndex, skip],
  );
  await client.query(
    `WITH gone AS (
       DELETE FROM csv_upload_chunk WHERE upload_id = $1 AND file_index = $2 RETURNING row_count)
     UPDATE csv_upload SET chunk_count = chunk_count - (SELECT count(*) FROM gone),
       row_count = row_count - (SELECT coalesce(sum(row_count), 0) FROM gone)
     WHERE id = $1`,
    [uploadId, fileIndex],
  );
}

async function requireOneLeft(client: pg.ClientBase, uploadId: string): Promise<void> {
  const { rows } = await client.query('SELECT 1 FROM csv_upload_chunk WHERE upload_id = $1 LIMIT 1', [
    uploadId,
  ]);
  if (rows.length > 0) return;
  throw new UploadError(
    'mapping_incomplete',
    'Every file would be left out. To give up the upload, cancel it.',
  );
}

async function requireAllMapped(client: pg.ClientBase, uploadId: string): Promise<void> {
  const { rows } = await client.query<{ index: number; name: string | null }>(
    `SELECT index, name FROM csv_upload_file
     WHERE upload_id = $1 AND skipped IS NULL AND platform IS NULL ORDER BY index`,
    [uploadId],
  );
  if (rows.length === 0) return requireOneLeft(client, uploadId);
  const which = rows.map(({ index, name }) =>
    name === null ? `file ${index}` : `"${name}" (file ${index})`,
  );
  throw new UploadError(
    'mapping_incomplete',
    `Say what the columns of every file are; still unknown: ${which.slice(0, 10).join(', ')}.`,
  );
}
