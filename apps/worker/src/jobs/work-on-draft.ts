import { type Database, LostDraftError, withoutValues, workOnDraft as work } from '@pledgeline/db';
import type { JobContext, JobPayloads, Logger, Producer } from '@pledgeline/queue';

export interface WorkOnDraftOptions {
  readonly db: Database;
  readonly producer: Pick<Producer, 'enqueueChunks' | 'enqueueDrafts'>;
  readonly logger: Logger;
  readonly leaseMs: number;
  readonly maxAttempts: number;
  /** Called when an upload has got another status. */
  readonly onSettled: () => Promise<void>;
}

/** How long one job works on a draft; then the drafts that wait behind it have their turn. */
const BUDGET_MS = 2_000;
/** How soon to look again whether the chunks in hand are done. */
const WAIT_MS = 500;

/**
 * Goes on with a draft for a while: reads rows again, compares or writes records. A draft that is not done is enqueued again, behind
 * those of others. When the job is lost, the sweep enqueues the draft.
 */
export async function workOnDraft(
  { draftId }: JobPayloads['work-on-draft'],
  { signal }: Pick<JobContext, 'signal'>,
  { db, producer, logger, leaseMs, maxAttempts, onSettled }: WorkOnDraftOptions,
): Promise<void> {
  try {
    const { outcome, again, chunkIds, uploadId } = await work(db, draftId, {
      leaseMs,
      budgetMs: BUDGET_MS,
      maxAttempts,
      signal,
    });
    if (again !== null) {
      await producer.enqueueDrafts([{ ...again, delayMs: outcome === 'waiting' ? WAIT_MS : 0 }]);
    }
    if (uploadId !== null && chunkIds.length > 0) {
      await producer.enqueueChunks(chunkIds.map((chunkId) => ({ uploadId, chunkId, attempt: 0 })));
    }
    if (outcome === 'given up') logger.error({ draftId, uploadId }, 'A draft was given up');
    if (outcome === 'done') {
      logger.info({ draftId, uploadId }, 'A draft is done');
      await onSettled();
    }
  } catch (error) {
    if (error instanceof LostDraftError) {
      logger.warn({ draftId, err: error }, 'A step of a draft came too late and was dropped');
      return;
    }
    logger.error({ draftId, err: withoutValues(error) }, 'A draft failed');
    throw withoutValues(error);
  }
}
