import type pg from 'pg';
import type { Database } from '../../client.js';
import { inTransaction } from '../../transaction.js';
import type { FileMapping } from '../mappings/map-files.js';
import { uploadSources } from '../status/moves.js';
import { UploadError } from '../uploads/upload-error.js';
import type { DraftToEnqueue } from './claim-draft.js';
import { holdCampaign, requireCampaignFree } from './hold.js';
import { requireKeptRows } from './kept-rows.js';
import type { RemappedFile } from './remapped-file.js';
import { readRevision } from './revision.js';
import { type LockedUpload, lockUpload, openDraft } from './start-undo.js';

/**
 * Begins to read an upload that has ended with other columns. Without a review its draft holds the campaign, takes what the upload
 * said out of the tables, and its rows are imported again. With one, the draft becomes `READY` and waits for {@link applyRemap} or
 * {@link discardRemap}; meanwhile the campaign is free.
 *
 * @param mappings how its files are to be read; those of which nothing is said stay as they are. `orders` is worked out anew.
 * @returns the draft, to be enqueued
 * @throws UploadError `illegal_move` when it has not ended, or one of the files is not there; `campaign_held`; `rows_purged`
 */
export function startRemap(
  db: Database,
  uploadId: string,
  mappings: readonly FileMapping[],
  { review }: { readonly review: boolean },
): Promise<DraftToEnqueue> {
  return inTransaction(db.pool, async (client) => {
    const upload = await lockUpload(client, uploadId);
    if (upload === null || !uploadSources('REMAPPING').includes(upload.status)) {
      throw new UploadError(
        'illegal_move',
        'Only an upload whose import has ended can be given other columns. One that was undone must be brought back first.',
      );
    }
    await requireCampaignFree(client, uploadId);
    await requireWritten(client, uploadId);
    await requireFiles(client, uploadId, mappings);
    await requireKeptRows(client, upload);
    const files = mappings.map(({ orders: _, ...file }): RemappedFile => file);
    return openDraft(client, upload, { kind: 'REMAP', holds: !review, columns: JSON.stringify(files) });
  });
}

/** A review that has failed has written nothing that could be written otherwise. */
async function requireWritten(client: pg.ClientBase, uploadId: string): Promise<void> {
  const { rows } = await client.query('SELECT 1 FROM csv_upload WHERE id = $1 AND review', [uploadId]);
  if (rows.length === 0) return;
  throw new UploadError(
    'illegal_move',
    'The upload was only compared with the campaign, and nothing of it is written. Retry it, or send the file again.',
  );
}

async function requireFiles(
  client: pg.ClientBase,
  uploadId: string,
  mappings: readonly FileMapping[],
): Promise<void> {
  const { rows } = await client.query<{ index: number }>(
    'SELECT index FROM csv_upload_file WHERE upload_id = $1 AND skipped IS NULL AND headers IS NOT NULL',
    [uploadId],
  );
  const known = new Set(rows.map(({ index }) => index));
  const missing = mappings.find(({ fileIndex }) => !known.has(fileIndex));
  if (mappings.length > 0 && missing === undefined) return;
  throw new UploadError(
    'illegal_move',
    missing === undefined
      ? 'Say of at least one file of the upload what its columns are.'
      : `The upload has no file ${missing.fileIndex} whose rows were read.`,
  );
}

/**
 * Lets a mapping be written that was looked at. What is written is what was shown: if the campaign has changed in between, the draft
 * is made anew, and the error says so.
 *
 * @returns the draft, to be enqueued
 * @throws UploadError `illegal_move` when there is no such draft that is ready, `campaign_held`, `rows_purged`; {@link OutdatedDraftError}
 */
export async function applyRemap(db: Database, uploadId: string): Promise<DraftToEnqueue> {
  const applied = await inTransaction(db.pool, async (client) => {
    const upload = await lockUpload(client, uploadId);
    const draft = await lockReady(client, upload);
    await requireCampaignFree(client, uploadId);
    await requireNoneRunning(client, draft.upload);
    await requireKeptRows(client, draft.upload);
    const revision = await readRevision(client, draft.upload.campaignId, uploadId);
    if (revision !== draft.revision) {
      await client.query(
        `UPDATE draft SET status = 'BUILDING', position = 0, counts = NULL, finished_at = NULL, updated_at = now() WHERE id = $1`,
        [draft.id],
      );
      return { isOutdated: true, draftId: draft.id };
    }
    await holdCampaign(client, draft.upload.campaignId, draft.id);
    await client.query(
      `UPDATE draft SET status = 'APPLYING', position = 0, finished_at = NULL, updated_at = now() WHERE id = $1`,
      [draft.id],
    );
    return { isOutdated: false, draftId: draft.id };
  });
  const enqueue = { draftId: applied.draftId, turn: applied.isOutdated ? 'anew' : 'apply' };
  if (applied.isOutdated) throw new OutdatedDraftError(enqueue);
  return enqueue;
}

/** The campaign has changed since a draft was made. It is made anew: enqueue it, and look at it again. */
export class OutdatedDraftError extends UploadError {
  readonly enqueue: DraftToEnqueue;

  constructor(enqueue: DraftToEnqueue) {
    super(
      'review_outdated',
      'The campaign has changed since these changes were worked out. They are worked out again now: look at them again, and apply them then.',
    );
    this.enqueue = enqueue;
  }
}

/** An import that goes on changes the tables with each of its chunks, and not the revision. */
async function requireNoneRunning(client: pg.ClientBase, { id, campaignId }: LockedUpload): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM csv_upload WHERE campaign_id = $1 AND id <> $2 AND status = 'PROCESSING' AND NOT review LIMIT 1`,
    [campaignId, id],
  );
  if (!rows[0]) return;
  throw new UploadError(
    'campaign_held',
    `The upload ${rows[0].id} of the same campaign is being imported. Wait for its end, and look at the changes again.`,
  );
}

/** Gives up a mapping that was looked at, or is being worked out to be looked at. @throws UploadError `illegal_move` */
export function discardRemap(db: Database, uploadId: string): Promise<void> {
  return inTransaction(db.pool, async (client) => {
    const upload = await lockUpload(client, uploadId);
    const { rows } = await client.query<{ id: string; previous: string }>(
      `SELECT d.id, d.previous_status AS previous FROM draft d
       WHERE d.upload_id = $1 AND d.kind = 'REMAP' AND d.status IN ('BUILDING', 'READY')
         AND NOT EXISTS (SELECT 1 FROM campaign WHERE draft_id = d.id) FOR UPDATE OF d`,
      [uploadId],
    );
    const [draft] = rows;
    if (upload?.status !== 'REMAPPING' || draft === undefined) {
      throw new UploadError('illegal_move', 'The upload has no other columns that wait to be applied.');
    }
    await client.query('DELETE FROM draft WHERE id = $1', [draft.id]);
    await client.query('UPDATE csv_upload SET status = $2::"UploadStatus" WHERE id = $1', [
      uploadId,
      draft.previous,
    ]);
  });
}

async function lockReady(client: pg.ClientBase, upload: LockedUpload | null) {
  const { rows } = await client.query<{ id: string; revision: string | null }>(
    `SELECT id, revision FROM draft WHERE upload_id = $1 AND kind = 'REMAP' AND status = 'READY' FOR UPDATE`,
    [upload?.id],
  );
  const [draft] = rows;
  if (upload?.status === 'REMAPPING' && draft !== undefined) return { ...draft, upload };
  throw new UploadError(
    'illegal_move',
    'The upload has no other columns that wait to be applied, or they are still worked out.',
  );
}
