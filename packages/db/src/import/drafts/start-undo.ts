import type pg from 'pg';
import type { Database } from '../../client.js';
import type { UploadStatus } from '../../generated/prisma/client.js';
import { newId } from '../../ids.js';
import { inTransaction } from '../../transaction.js';
import { uploadSources } from '../status/moves.js';
import { startChunksAgain } from '../uploads/start-chunks-again.js';
import { UploadError } from '../uploads/upload-error.js';
import type { DraftToEnqueue } from './claim-draft.js';
import { holdCampaign, requireCampaignFree } from './hold.js';
import { requireKeptRows, requireOwnRows } from './kept-rows.js';

/** An upload, locked. */
export interface LockedUpload {
  readonly id: string;
  readonly merchantId: string;
  readonly campaignId: string;
  readonly status: UploadStatus;
  readonly sequence: number;
}

/**
 * Begins to take an upload back: the upload is `UNDOING`, and its draft holds the campaign until the upload is `UNDONE`. The tables
 * become what they would be if it had never been sent.
 *
 * @returns the draft, to be enqueued
 * @throws UploadError `illegal_move` when it has not ended, or nothing of it was imported; `campaign_held`; `rows_purged`
 */
export function startUndo(db: Database, uploadId: string): Promise<DraftToEnqueue> {
  return inTransaction(db.pool, async (client) => {
    const upload = await lockUpload(client, uploadId);
    if (upload === null || !uploadSources('UNDOING').includes(upload.status)) {
      throw new UploadError(
        'illegal_move',
        'Only an upload that has ended can be undone. Cancel it first, or wait for its end.',
      );
    }
    await requireCampaignFree(client, uploadId);
    await requireImported(client, uploadId);
    await requireKeptRows(client, upload);
    return openDraft(client, upload, { kind: 'UNDO', holds: true });
  });
}

/**
 * Brings back an upload that was undone: what had been imported of it is imported again, in its place in the order, and it ends in
 * the status that it had.
 *
 * @returns the chunks to enqueue
 * @throws UploadError `illegal_move` when it is not undone, `campaign_held`, `rows_purged`
 */
export function startRedo(db: Database, uploadId: string): Promise<readonly string[]> {
  return inTransaction(db.pool, async (client) => {
    const upload = await lockUpload(client, uploadId);
    if (upload?.status !== 'UNDONE') {
      throw new UploadError('illegal_move', 'Only an upload that was undone can be brought back.');
    }
    await requireCampaignFree(client, uploadId);
    await requireOwnRows(client, uploadId);
    return startChunksAgain(client, uploadId, ['COMPLETED']);
  });
}

/** Locks an upload. Null when there is none. */
export async function lockUpload(client: pg.ClientBase, uploadId: string): Promise<LockedUpload | null> {
  const { rows } = await client.query<LockedUpload>(
    `SELECT id, merchant_id AS "merchantId", campaign_id AS "campaignId", status, sequence FROM csv_upload
     WHERE id = $1 FOR UPDATE`,
    [uploadId],
  );
  return rows[0] ?? null;
}

async function requireImported(client: pg.ClientBase, uploadId: string): Promise<void> {
  const { rows } = await client.query(
    // The rows of a review are counted as well, and none of them was written.
    `SELECT 1 FROM csv_upload_chunk c JOIN csv_upload u ON u.id = c.upload_id
     WHERE u.id = $1 AND NOT u.review AND c.status = 'COMPLETED' AND c.imported_count > 0 LIMIT 1`,
    [uploadId],
  );
  if (rows.length > 0) return;
  throw new UploadError('illegal_move', 'Nothing of the upload was imported, so there is nothing to undo.');
}

export interface NewDraft {
  readonly kind: 'UNDO' | 'REMAP' | 'HISTORY';
  /** Whether it holds the campaign from now on. */
  readonly holds: boolean;
  /** JSON for `draft.columns`. */
  readonly columns?: string | undefined;
}

/** Opens the draft of an upload in place of the one before. The upload's row must be locked. */
export async function openDraft(
  client: pg.ClientBase,
  upload: LockedUpload,
  { kind, holds, columns }: NewDraft,
): Promise<DraftToEnqueue> {
  const id = newId();
  await client.query('DELETE FROM draft WHERE upload_id = $1', [upload.id]);
  await client.query(
    `INSERT INTO draft (id, merchant_id, campaign_id, upload_id, kind, columns, previous_status)
     VALUES ($1, $2, $3, $4, $5::"DraftKind", $6, $7::"UploadStatus")`,
    [id, upload.merchantId, upload.campaignId, upload.id, kind, columns ?? null, upload.status],
  );
  if (holds) await holdCampaign(client, upload.campaignId, id);
  const working = kind === 'UNDO' ? 'UNDOING' : kind === 'REMAP' ? 'REMAPPING' : null;
  if (working !== null) {
    await client.query(
      `UPDATE csv_upload SET status = $2::"UploadStatus" WHERE id = $1 AND status = ANY ($3::"UploadStatus"[])`,
      [upload.id, working, uploadSources(working)],
    );
  }
  return { draftId: id, turn: 'first' };
}
