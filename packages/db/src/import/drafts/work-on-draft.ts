import type { Database } from '../../client.js';
import { isServerFault, isTooMuch } from '../../server-fault.js';
import { inTransaction } from '../../transaction.js';
import { allowTime } from '../settle/allow-time.js';
import { UploadError } from '../uploads/upload-error.js';
import {
  type ClaimedDraft,
  claimDraft,
  type DraftToEnqueue,
  type Release,
  recordStep,
  releaseDraft,
} from './claim-draft.js';
import { countDraft, countDraftRecords } from './draft-totals.js';
import { finishDraft } from './finish-draft.js';
import { giveUpDraft } from './give-up-draft.js';
import { keepLease } from './keep-lease.js';
import { requireKeptRows } from './kept-rows.js';
import { listSources, type SourcePlan } from './list-sources.js';
import { bucketsFor, createNamedIds, draftTables, type NamedIds } from './parts.js';
import { readNamed, readSource } from './read-source.js';
import { readRevision } from './revision.js';
import { compareBucket, compareSteps, swapBucket, swapSteps } from './swap-bucket.js';

export interface WorkOptions {
  readonly leaseMs: number;
  /** After this time the draft is given back, so that those of other merchants have their turn. */
  readonly budgetMs: number;
  /** How often it is claimed without a step before it is given up. */
  readonly maxAttempts: number;
  /** Ends the work between two steps. */
  readonly signal: AbortSignal;
}

/** What became of a draft in one piece of work. */
export interface DraftWork {
  /** `waiting`: chunks of the campaign are still in hand. `idle`: there was nothing to do. */
  readonly outcome: 'done' | 'given up' | 'goes on' | 'waiting' | 'idle';
  /** The draft, when another job has to go on with it. */
  readonly again: DraftToEnqueue | null;
  /** Chunks to be imported again. */
  readonly chunkIds: readonly string[];
  readonly uploadId: string | null;
}

/**
 * Works on a draft until it is done or its time is over. Every step is a transaction of its own that says how far the draft has
 * come: a worker that is killed leaves a draft with which the next one goes on.
 *
 * @throws LostDraftError, the reason of `signal`, and what a step throws; the draft is given back then
 */
export async function workOnDraft(db: Database, draftId: string, options: WorkOptions): Promise<DraftWork> {
  const claimed = await claimDraft(db, draftId, options.leaseMs);
  if (claimed === null) return { outcome: 'idle', again: null, chunkIds: [], uploadId: null };
  const ended = (outcome: DraftWork['outcome'], chunkIds: readonly string[] = []) => ({
    outcome,
    again: null,
    chunkIds,
    uploadId: claimed.uploadId,
  });
  if (claimed.attempts > options.maxAttempts) return ended('given up', await giveUpDraft(db, claimed));
  if (claimed.holds && (await areChunksInHand(db, claimed))) {
    return { ...ended('waiting'), again: await giveBack(db, claimed) };
  }
  try {
    return await keepLease(db, claimed, async () => {
      let run: Run = await begin(db, claimed);
      // Finding where to go on does not count, or on a busy machine little else would be done.
      const deadline = performance.now() + options.budgetMs;
      for (;;) {
        options.signal.throwIfAborted();
        const next = await advance(db, run, options.signal);
        if ('chunkIds' in next) return ended('done', next.chunkIds);
        run = next;
        if (performance.now() >= deadline)
          return { ...ended('goes on'), again: await giveBack(db, run.draft) };
      }
    });
  } catch (error) {
    await releaseDraft(db, claimed, explain(error, options.signal));
    throw error;
  }
}

/** Why an attempt has failed. A worker that stops, or a server that is away, would fail any draft. */
function explain(error: unknown, { aborted }: AbortSignal): Release {
  if (aborted) return { reason: null, counts: false };
  if (error instanceof UploadError) return { reason: `this: ${error.message}`, counts: true };
  if (isTooMuch(error)) return { reason: 'work that is too much for the database at once', counts: true };
  if (isServerFault(error)) return { reason: 'a database that could not be reached', counts: false };
  return { reason: 'an error of ours, which is in our log', counts: true };
}

async function giveBack(db: Database, draft: ClaimedDraft): Promise<DraftToEnqueue> {
  await releaseDraft(db, draft, { reason: null, counts: false });
  return { draftId: draft.id, turn: `${draft.status}-${draft.position}-${draft.token}` };
}

/** Nothing is read or written before: they may still write records. One that was lost is freed by the sweep. */
async function areChunksInHand({ pool }: Database, { campaignId }: ClaimedDraft): Promise<boolean> {
  const { rows } = await pool.query<{ inHand: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM csv_upload u JOIN csv_upload_chunk c ON c.upload_id = u.id
                    WHERE u.campaign_id = $1 AND u.status = 'PROCESSING' AND c.status = 'PROCESSING' AND NOT u.review) AS "inHand"`,
    [campaignId],
  );
  return rows[0]?.inHand ?? false;
}

/** A draft in hand, with what it reads. */
interface Run {
  readonly draft: ClaimedDraft;
  readonly plan: SourcePlan;
  readonly named: NamedIds;
}

/** Finds where to go on. What was read from another revision of the campaign, or from other chunks, is forgotten. */
async function begin(db: Database, claimed: ClaimedDraft): Promise<Run> {
  const plan = await listSources(db.pool, claimed);
  const named = createNamedIds(plan.ownRows * draftTables.length);
  if (claimed.status === 'APPLYING') return { draft: claimed, plan, named };
  const revision = await readRevision(db.pool, claimed.campaignId, claimed.uploadId);
  const isOfTheseChunks = claimed.total === totalOf(plan, claimed.buckets);
  if (claimed.position > 0 && claimed.revision === revision && isOfTheseChunks) {
    await readNamed(db, claimed, named, plan.ownParts);
    return { draft: claimed, plan, named };
  }
  await db.pool.query('DELETE FROM draft_record WHERE draft_id = $1', [claimed.id]);
  await db.pool.query('DELETE FROM draft_part WHERE draft_id = $1', [claimed.id]);
  const buckets = bucketsFor(plan.ownRows);
  const client = await db.pool.connect();
  try {
    const draft = await recordStep(
      client,
      { ...claimed, buckets },
      { position: 0, total: totalOf(plan, buckets), buckets, revision, isBeginning: true },
    );
    return { draft, plan, named };
  } finally {
    client.release();
  }
}

const totalOf = ({ sources }: SourcePlan, buckets: number): number =>
  sources.length + compareSteps({ buckets });

/** One step. Resolves with the chunks to enqueue when it was the last one. */
async function advance(
  db: Database,
  run: Run,
  signal: AbortSignal,
): Promise<Run | { readonly chunkIds: readonly string[] }> {
  const { draft, plan, named } = run;
  const { position } = draft;
  const { ownParts, sources } = plan;
  const total = totalOf(plan, draft.buckets);
  if (draft.status === 'APPLYING') {
    if (position >= swapSteps(draft)) return { chunkIds: await finishDraft(db, draft) };
    return { ...run, draft: await swapBucket(db, draft, position, ownParts) };
  }
  const source = sources[position];
  if (source !== undefined) {
    return { ...run, draft: await readSource(db, draft, source, { position, total, named, signal }) };
  }
  if (isForTables(draft)) return { ...run, draft: await startApplying(db, draft) };
  const step = position - sources.length;
  if (step < compareSteps(draft)) {
    return { ...run, draft: await compareBucket(db, draft, step, { ownParts, position, total }) };
  }
  await makeReady(db, draft, total);
  return { chunkIds: [] };
}

/** Whether it is written without that anybody looks at it before: it holds the campaign from the start. */
function isForTables({ kind, holds }: ClaimedDraft): boolean {
  return kind !== 'HISTORY' && holds;
}

function startApplying(db: Database, draft: ClaimedDraft): Promise<ClaimedDraft> {
  return inTransaction(db.pool, async (client) => {
    // An operator may have removed rows since it began. What they say of the records would be lost.
    await requireKeptRows(client, { id: draft.uploadId, campaignId: draft.campaignId });
    return recordStep(client, draft, { position: 0, total: swapSteps(draft), status: 'APPLYING' });
  });
}

/** Ends a draft that somebody looks at. Of a revision that is not the campaign's any more, it says so itself: see `readDraft`. */
function makeReady(db: Database, draft: ClaimedDraft, total: number): Promise<void> {
  return inTransaction(db.pool, async (client) => {
    // It counts the whole draft, and the whole campaign. Until its last statement it locks nothing, so the lease can be renewed.
    await allowTime(client, draft.campaignId);
    const totals =
      draft.kind === 'HISTORY'
        ? await countDraftRecords(client, draft.id)
        : await countDraft(client, { ...draft, isComplete: false });
    await recordStep(client, draft, { position: total, total, status: 'READY' });
    await client.query('UPDATE draft SET counts = $2 WHERE id = $1', [draft.id, JSON.stringify(totals)]);
    // What could be applied is read once more then.
    if (draft.kind === 'HISTORY')
      await client.query('DELETE FROM draft_part WHERE draft_id = $1', [draft.id]);
  });
}
