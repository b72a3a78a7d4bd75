import type pg from 'pg';
import { z } from 'zod';
import type { Database } from '../../client.js';
import type { UploadStatus } from '../../generated/prisma/client.js';
import { newId } from '../../ids.js';
import { type RemappedFile, remappedFilesSchema } from './remapped-file.js';

/** A draft that belongs to one worker until the lease runs out. */
export interface ClaimedDraft {
  readonly id: string;
  readonly uploadId: string;
  readonly campaignId: string;
  /** The upload's sequence in the campaign. */
  readonly sequence: number;
  readonly kind: 'UNDO' | 'REMAP' | 'HISTORY';
  readonly status: 'BUILDING' | 'APPLYING';
  readonly revision: string | null;
  /** Steps that are done. */
  readonly position: number;
  /** Steps in all. */
  readonly total: number;
  readonly buckets: number;
  /** Claims since the last step that brought it further. */
  readonly attempts: number;
  readonly previousStatus: UploadStatus | null;
  /** Whether it holds the campaign. */
  readonly holds: boolean;
  /** How the files are to be read, where other columns were given. */
  readonly files: readonly RemappedFile[];
  /** Proof of the claim: a step with another token is refused. */
  readonly token: string;
  readonly leaseMs: number;
}

/** A draft to be worked on by a job. */
export interface DraftToEnqueue {
  readonly draftId: string;
  /** Is part of the job's id, so that one piece of work has one job. */
  readonly turn: string;
}

/** The draft no longer belongs to this worker: its lease ran out. */
export class LostDraftError extends Error {
  override readonly name = 'LostDraftError';
  constructor(draftId: string) {
    super(`The draft ${draftId} belongs to another worker now: the lease ran out.`);
  }
}

/** Claims a draft on which there is something to do and nobody works. */
export async function claimDraft(
  db: Database,
  draftId: string,
  leaseMs: number,
): Promise<ClaimedDraft | null> {
  const token = newId();
  const { rows } = await db.pool.query<
    Omit<ClaimedDraft, 'token' | 'leaseMs' | 'files'> & { readonly columns: unknown }
  >(
    `UPDATE draft d SET lease_token = $2, lease_until = now() + $3 * interval '1 millisecond', attempts = attempts + 1,
       updated_at = now()
     FROM csv_upload u
     WHERE d.id = $1 AND u.id = d.upload_id AND d.kind <> 'REVIEW' AND d.status IN ('BUILDING', 'APPLYING')
       AND (d.lease_until IS NULL OR d.lease_until < now())
     RETURNING d.id, d.upload_id AS "uploadId", d.campaign_id AS "campaignId", u.sequence, d.kind, d.status, d.revision,
       d.position, d.total, d.buckets, d.attempts, d.previous_status AS "previousStatus", d.columns,
       EXISTS (SELECT 1 FROM campaign WHERE draft_id = d.id) AS holds`,
    [draftId, token, leaseMs],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const { columns, ...draft } = row;
  const files = z.nullable(remappedFilesSchema).parse(columns) ?? [];
  return { ...draft, files, token, leaseMs };
}

/** What a step changes in its draft. */
export interface Step {
  readonly position: number;
  readonly total: number;
  readonly status?: 'READY' | 'APPLYING' | undefined;
  readonly buckets?: number | undefined;
  readonly revision?: string | undefined;
  /** Whether it only begins, so that the attempts at its first step go on to be counted. */
  readonly isBeginning?: boolean | undefined;
}

/**
 * Records a step in the transaction that makes it, and gives the worker a whole lease again.
 *
 * @throws LostDraftError
 */
export async function recordStep(
  client: pg.ClientBase,
  draft: ClaimedDraft,
  step: Step,
): Promise<ClaimedDraft> {
  const { position, total, status, buckets, revision, isBeginning = false } = step;
  const isEnd = status === 'READY';
  const { rowCount } = await client.query(
    `UPDATE draft SET position = $3, total = $4, status = coalesce($5::"DraftStatus", status), buckets = coalesce($6, buckets),
       revision = coalesce($7, revision), updated_at = now(),
       attempts = CASE WHEN $10 THEN attempts ELSE 0 END, last_error = CASE WHEN $10 THEN last_error END,
       finished_at = CASE WHEN $9 THEN now() END,
       lease_token = CASE WHEN NOT $9 THEN lease_token END,
       lease_until = CASE WHEN NOT $9 THEN now() + $8 * interval '1 millisecond' END
     WHERE id = $1 AND lease_token = $2`,
    [
      draft.id,
      draft.token,
      position,
      total,
      status ?? null,
      buckets ?? null,
      revision ?? null,
      draft.leaseMs,
      isEnd,
      isBeginning,
    ],
  );
  if (rowCount !== 1) throw new LostDraftError(draft.id);
  return {
    ...draft,
    position,
    total,
    attempts: isBeginning ? draft.attempts : 0,
    status: status === 'APPLYING' ? 'APPLYING' : draft.status,
    buckets: buckets ?? draft.buckets,
    revision: revision ?? draft.revision,
  };
}

/** Why a draft is given back. */
export interface Release {
  /** What is wrong, in words for the merchant; null when nothing is. */
  readonly reason: string | null;
  /** Whether the claim counts as one of its attempts. One that could not do its work for another's fault does not. */
  readonly counts: boolean;
}

/** Gives a draft back, so that its next job or the sweep goes on with it. */
export async function releaseDraft(
  db: Database,
  { id, token }: Pick<ClaimedDraft, 'id' | 'token'>,
  { reason, counts }: Release,
): Promise<void> {
  await db.pool.query(
    `UPDATE draft SET lease_token = NULL, lease_until = NULL, last_error = $3, updated_at = now(),
       attempts = CASE WHEN $4 THEN attempts ELSE greatest(0, attempts - 1) END
     WHERE id = $1 AND lease_token = $2`,
    [id, token, reason, counts],
  );
}
