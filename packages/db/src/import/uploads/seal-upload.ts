import type pg from 'pg';
import type { Database } from '../../client.js';
import { notifyOutcome } from '../../outcome/notify-outcome.js';
import { inTransaction } from '../../transaction.js';
import { confirmCampaign } from '../campaigns/unconfirmed.js';
import { openReview } from '../drafts/open-review.js';
import { joinSplitOrders } from '../mappings/join-split-orders.js';
import { linkSiblings } from '../mappings/link-siblings.js';
import { keepDuplicateKey } from './idempotency-key.js';
import { warnOfOlderContent } from './older-content.js';
import { findSameContent, removeOpenUpload } from './same-content.js';
import { notOpen } from './store-chunk.js';
import { storeFiles } from './store-files.js';
import type { ReadFile, UploadFile } from './upload-file.js';

export interface Seal {
  readonly rowCount: number;
  readonly chunkCount: number;
  /** Bytes received, before decompression. */
  readonly byteCount: number;
  /** Lower-case hex SHA-256 of the bytes received. */
  readonly sha256: string;
  /** At least one of them has been read. */
  readonly files: readonly UploadFile[];
}

/** A sealed upload: completely received, so workers may process it. */
export interface SealedUpload {
  readonly status: 'PENDING' | 'NEEDS_MAPPING';
  /** Ids in file order, to be enqueued. Empty when the upload needs a mapping first. */
  readonly chunkIds: readonly string[];
}

/** The file whose platform and confidence are shown for the whole upload: the one with the most rows, the first of equals. */
export function mainFile(files: readonly UploadFile[]): ReadFile | null {
  let main: ReadFile | null = null;
  for (const file of files) {
    if (file.kind === 'read' && (main === null || file.rowCount > main.rowCount)) main = file;
  }
  return main;
}

/**
 * Seals an upload in one transaction: files with their issues, totals, hash, platform and status. Workers do not see the
 * upload before it commits.
 *
 * @throws UploadError `upload_not_open`, `order_too_long`
 */
export function sealUpload(db: Database, uploadId: string, seal: Seal): Promise<SealedUpload> {
  return inTransaction(db.pool, (client) => sealWithin(client, uploadId, seal));
}

/** An upload of the same content was here, so this one is gone, with its chunks. Its idempotency key stays bound to the content. */
export interface DuplicateUpload {
  readonly status: 'DUPLICATE';
  readonly earlierId: string;
}

/**
 * As {@link sealUpload}, unless the campaign has an upload of the same content that was to be read in the same way: then this
 * one is removed in the same transaction, as if it had never been opened. Of several at the same moment one is sealed.
 *
 * @throws UploadError `upload_not_open`, `order_too_long`
 */
export function sealUnlessDuplicate(
  db: Database,
  uploadId: string,
  seal: Seal,
): Promise<SealedUpload | DuplicateUpload> {
  return inTransaction(db.pool, async (client) => {
    const earlierId = await findSameContent(client, uploadId, { ...seal, status: statusOf(seal) });
    if (earlierId === null) return sealWithin(client, uploadId, seal);
    await keepDuplicateKey(client, uploadId, earlierId);
    await removeOpenUpload(client, uploadId);
    return { status: 'DUPLICATE', earlierId };
  });
}

function statusOf(seal: Seal): SealedUpload['status'] {
  const isKnown = seal.files.every((file) => file.kind !== 'read' || file.platform !== null);
  return isKnown ? 'PENDING' : 'NEEDS_MAPPING';
}

async function sealWithin(client: pg.PoolClient, uploadId: string, seal: Seal): Promise<SealedUpload> {
  const status = statusOf(seal);
  await setSealed(client, uploadId, seal, status);
  await confirmCampaign(client, uploadId);
  await storeFiles(client, uploadId, seal.files);
  await warnOfOlderContent(client, uploadId, seal.sha256);
  for (const [index, file] of seal.files.entries()) {
    if (file.kind === 'skipped') continue;
    if (file.ordersToJoin !== null) await joinSplitOrders(client, uploadId, index, file.ordersToJoin);
    const { platform, columns, repeats } = file;
    if (platform !== null)
      await linkSiblings(client, uploadId, { fileIndex: index, platform, columns, repeats });
  }
  if (status === 'NEEDS_MAPPING') {
    await notifyOutcome(client, uploadId);
    return { status, chunkIds: [] };
  }
  await openReview(client, uploadId);
  const { rows } = await client.query<{ id: string }>(
    'SELECT id FROM csv_upload_chunk WHERE upload_id = $1 ORDER BY index',
    [uploadId],
  );
  return { status, chunkIds: rows.map((row) => row.id) };
}

/**
 * The result of {@link sealUpload} again, for a caller whose connection broke: ids of the chunks that may lack a job. Null
 * when the upload is not sealed.
 */
export async function findChunksToEnqueue(db: Database, uploadId: string): Promise<readonly string[] | null> {
  const { rows } = await db.pool.query<{ chunk_ids: string[] }>(
    `SELECT array(SELECT id::text FROM csv_upload_chunk
                  WHERE upload_id = u.id AND status = 'PENDING' AND u.status IN ('PENDING', 'PROCESSING')
                  ORDER BY index) AS chunk_ids
     FROM csv_upload u WHERE u.id = $1 AND u.sealed_at IS NOT NULL`,
    [uploadId],
  );
  return rows[0]?.chunk_ids ?? null;
}

async function setSealed(
  client: pg.ClientBase,
  uploadId: string,
  seal: Seal,
  status: SealedUpload['status'],
): Promise<void> {
  const main = mainFile(seal.files);
  const { rowCount } = await client.query(
    `UPDATE csv_upload SET sealed_at = now(), received_at = now(), status = $2::"UploadStatus",
       row_count = $3, chunk_count = $4, byte_count = $5, sha256 = $6, platform = $7, confidence = $8,
       detection = $9
     WHERE id = $1 AND sealed_at IS NULL AND status = 'PENDING'
       AND NOT EXISTS (SELECT 1 FROM campaign WHERE id = campaign_id AND deleted_at IS NOT NULL)`,
    [
      uploadId,
      status,
      seal.rowCount,
      seal.chunkCount,
      seal.byteCount,
      seal.sha256,
      commonPlatform(seal.files),
      main?.detection.confidence ?? null,
      main && JSON.stringify(main.detection),
    ],
  );
  if (rowCount !== 1) throw notOpen(uploadId);
}

/** The platform of all files; null when they differ. A worker uses each file's own (and one of an old release detects it again). */
export function commonPlatform(files: readonly UploadFile[]): string | null {
  const platforms = new Set(files.flatMap((file) => (file.kind === 'read' ? [file.platform] : [])));
  const [platform = null] = platforms;
  return platforms.size === 1 ? platform : null;
}
