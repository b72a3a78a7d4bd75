import type pg from 'pg';
import type { Database } from '../../client.js';
import { inTransaction } from '../../transaction.js';
import { UploadError } from '../uploads/upload-error.js';
import type { DraftToEnqueue } from './claim-draft.js';
import type { DraftTotals } from './draft-totals.js';
import { requireKeptRows } from './kept-rows.js';
import { readRevision } from './revision.js';
import { lockUpload, openDraft } from './start-undo.js';

/** What a draft is for. */
export const draftKinds = ['REVIEW', 'UNDO', 'REMAP', 'HISTORY'] as const;

/** The states of a draft; see prisma/schema.prisma. */
export const draftStatuses = ['BUILDING', 'READY', 'APPLYING', 'DONE', 'FAILED'] as const;

/** How far a draft has come, and what it found. Its records are in `draft_record`. */
export interface DraftReport {
  readonly id: string;
  readonly kind: (typeof draftKinds)[number];
  readonly status: (typeof draftStatuses)[number];
  /** Whether the campaign has changed since. Only a draft that is ready can be. */
  readonly isOutdated: boolean;
  /** Steps done and in all, of building or of applying. */
  readonly position: number;
  readonly total: number;
  /** Null while it is built. */
  readonly totals: DraftTotals | null;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** The draft of an upload, or null. */
export function readDraft(db: Database, uploadId: string): Promise<DraftReport | null> {
  return readFrom(db.pool, uploadId);
}

async function readFrom(source: Pick<pg.ClientBase, 'query'>, uploadId: string): Promise<DraftReport | null> {
  const { rows } = await source.query<
    Omit<DraftReport, 'isOutdated'> & { readonly campaignId: string; readonly revision: string | null }
  >(
    `SELECT id, kind, status, position, total, counts AS totals, last_error AS "lastError", created_at AS "createdAt",
            finished_at AS "finishedAt", campaign_id AS "campaignId", revision
     FROM draft WHERE upload_id = $1`,
    [uploadId],
  );
  if (!rows[0]) return null;
  const { campaignId, revision, ...draft } = rows[0];
  const isOutdated =
    draft.status === 'READY' && revision !== (await readRevision(source, campaignId, uploadId));
  return { ...draft, isOutdated };
}

/**
 * What an upload that has ended had created and changed, worked out from the files that are kept. The first call begins it; later
 * ones give what is there, or begin again where the campaign has changed since. A draft that was looked at before it was written
 * is the answer already.
 *
 * @returns the draft, and the same to be enqueued when there is something to do
 * @throws UploadError `illegal_move` when it has not ended or is undone, `rows_purged`
 */
export function requestHistory(
  db: Database,
  uploadId: string,
): Promise<{ readonly draft: DraftReport; readonly enqueue: DraftToEnqueue | null }> {
  return inTransaction(db.pool, async (client) => {
    const upload = await lockUpload(client, uploadId);
    if (upload === null || !['COMPLETED', 'FAILED', 'CANCELED'].includes(upload.status)) {
      throw new UploadError('illegal_move', 'Only an upload that has ended tells what it has changed.');
    }
    const known = await readFrom(client, uploadId);
    if (known !== null && isAnswer(known)) return { draft: known, enqueue: null };
    await requireKeptRows(client, upload);
    const enqueue = await openDraft(client, upload, { kind: 'HISTORY', holds: false });
    const draft = await readFrom(client, uploadId);
    if (draft === null) throw new Error(`The draft of the upload ${uploadId} was not opened`);
    return { draft, enqueue };
  });
}

/** How long the answer is that a history was given up, before it is tried again: whoever waits for it has to see that. */
const FAILED_MS = 60_000;

function isAnswer({ kind, status, isOutdated, finishedAt }: DraftReport): boolean {
  if (kind === 'REVIEW') return status === 'DONE';
  if (kind !== 'HISTORY') return false;
  if (status === 'FAILED') return finishedAt !== null && Date.now() - finishedAt.getTime() < FAILED_MS;
  return status === 'BUILDING' || (status === 'READY' && !isOutdated);
}
