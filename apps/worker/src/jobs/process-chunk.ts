import { UnknownPlatformError } from '@pledgeline/csv-core';
import {
  type ClaimedChunk,
  claimFairestChunk,
  completeChunk,
  type Database,
  isServerFault,
  isSuspectWaiting,
  LostLeaseError,
  mapChunk,
  readSiblings,
  releaseChunk,
  SettleError,
  type Turns,
} from '@pledgeline/db';
import { JobAbortedError, type JobContext, type JobPayloads, type Logger } from '@pledgeline/queue';
import { logSettlement } from './log-settlement.js';
import type { Quarantine } from './quarantine.js';

export interface ProcessChunkOptions {
  readonly db: Database;
  readonly logger: Logger;
  readonly leaseMs: number;
  readonly maxAttempts: number;
  /** Whose chunk is next. */
  readonly turns: Turns;
  /** Where chunks that have lost a worker are processed. */
  readonly quarantine: Quarantine;
  /** Called when this chunk has ended the upload. */
  readonly onSettled: () => Promise<void>;
}

/**
 * Processes one chunk: claim, map, write. A job stands for one chunk, though not always for the one that it names; when none
 * is left to claim, it ends right after the claim. Chunks that have lost a worker come last, or once in a while, and each of
 * them has the process for itself.
 */
export async function processChunk(
  { chunkId }: JobPayloads['process-chunk'],
  context: Pick<JobContext, 'signal' | 'attempt'>,
  options: ProcessChunkOptions,
): Promise<void> {
  const { db, quarantine } = options;
  const take = (suspects: boolean) => claimAndProcess(chunkId, suspects, context, options);
  const takeSuspect = async () =>
    (await isSuspectWaiting(db, chunkId)) && (await quarantine.alone(() => take(true)));
  await db.faultPoint('chunk.unclaimed');
  if (quarantine.isTimeToLook() && (await takeSuspect())) return;
  if (await quarantine.together(() => take(false))) return;
  await takeSuspect();
}

/** Resolves with whether there was a chunk. */
async function claimAndProcess(
  jobChunkId: string,
  suspects: boolean,
  { signal, attempt }: Pick<JobContext, 'signal' | 'attempt'>,
  options: ProcessChunkOptions,
): Promise<boolean> {
  const { db, leaseMs, turns } = options;
  // It may have waited for other work of the process.
  signal.throwIfAborted();
  const chunk = await claimFairestChunk(db, jobChunkId, turns, { leaseMs, suspects, isRetry: attempt > 1 });
  if (!chunk) return false;
  await processClaimed(chunk, signal, options);
  return true;
}

async function processClaimed(
  chunk: ClaimedChunk,
  signal: AbortSignal,
  options: ProcessChunkOptions,
): Promise<void> {
  const { db, logger } = options;
  const chunkId = chunk.id;
  try {
    await db.faultPoint('chunk.claimed');
    const mapped = await mapChunk(chunk, await readSiblings(db, chunk), signal);
    signal.throwIfAborted();
    const settlement = await completeChunk(db, chunk, mapped);
    logSettlement(settlement, logger);
    await db.faultPoint('chunk.committed');
    if (settlement !== null) await options.onSettled();
  } catch (error) {
    if (error instanceof LostLeaseError) {
      logger.warn({ chunkId, err: error }, 'The result of a chunk came too late and was dropped');
      return;
    }
    if (error instanceof SettleError) {
      logUnsettled(chunkId, error, logger);
      return;
    }
    await giveBack(chunk, error, options);
    throw error;
  }
}

/** What a merchant is told. The words of a driver or a bug are for the log: they may name servers, tables and values. */
function failureInWords(error: unknown): { readonly reason: string; readonly isServerFault: boolean } {
  if (isServerFault(error)) {
    return { reason: 'the database was not available; it is tried again', isServerFault: true };
  }
  if (error instanceof JobAbortedError) return { reason: 'the worker was stopped', isServerFault: true };
  if (error instanceof UnknownPlatformError) return { reason: error.message, isServerFault: false };
  return { reason: 'an error of ours, which is in our log', isServerFault: false };
}

/** The chunk's own count of attempts decides whether there is another one; the queue only brings it sooner than the sweep. */
async function giveBack(chunk: ClaimedChunk, error: unknown, options: ProcessChunkOptions): Promise<void> {
  const { maxAttempts } = options;
  try {
    const outcome = await releaseChunk(options.db, chunk, { ...failureInWords(error), maxAttempts });
    options.logger.error(
      { chunkId: chunk.id, uploadId: chunk.uploadId, attempt: chunk.attempt, outcome, err: error },
      'A chunk failed',
    );
    if (outcome === 'failed') await options.onSettled();
  } catch (releaseError) {
    if (releaseError instanceof SettleError) {
      // The chunk is given back, for the last time.
      logUnsettled(chunk.id, releaseError, options.logger);
      return;
    }
    // The lease will run out, and the sweep frees the chunk.
    options.logger.error({ chunkId: chunk.id, err: releaseError }, 'A failed chunk could not be given back');
  }
}

function logUnsettled(chunkId: string, error: SettleError, logger: Logger): void {
  logger.error({ chunkId, err: error }, 'An upload could not be settled; the sweep tries again');
}
