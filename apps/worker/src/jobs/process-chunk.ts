import { setTimeout as sleep } from 'node:timers/promises';
import { UnknownPlatformError } from '@pledgeline/csv-core/map';
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
  releaseSuspect,
  SettleError,
  suspectedLoss,
  type Turns,
  withoutValues,
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
    const settlement = await completeChunk(db, chunk, mapped, ({ fault, ...order }) => {
      logger.warn({ chunkId, uploadId: chunk.uploadId, ...order, err: fault }, 'Postgres refused an order');
    });
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
    await giveBack(chunk, error, signal, options);
    // The queue logs and keeps it as well.
    throw withoutValues(error);
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
async function giveBack(
  chunk: ClaimedChunk,
  error: unknown,
  signal: AbortSignal,
  options: ProcessChunkOptions,
): Promise<void> {
  const { logger } = options;
  try {
    const { outcome, isEnd } = await whenServerIsBack(signal, () => release(chunk, error, options));
    logger.error(
      {
        chunkId: chunk.id,
        uploadId: chunk.uploadId,
        attempt: chunk.attempt,
        outcome,
        err: withoutValues(error),
      },
      'A chunk failed',
    );
    if (isEnd) await options.onSettled();
  } catch (releaseError) {
    if (releaseError instanceof SettleError) {
      // The chunk is given back, for the last time.
      logUnsettled(chunk.id, releaseError, logger);
      return;
    }
    // The lease will run out, and the sweep frees the chunk.
    logger.error(
      { chunkId: chunk.id, err: withoutValues(releaseError) },
      'A failed chunk could not be given back',
    );
  }
}

/** How long to wait before the next try, while Postgres is away. */
const TRY_EVERY_MS = 500;

/**
 * Tries work again for as long as Postgres is away, or until the worker stops. Otherwise a chunk would be taken for one that has lost
 * its worker, and be the suspect, whenever Postgres is away for longer than a lease.
 */
async function whenServerIsBack<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isServerFault(error) || error instanceof SettleError || isStopping(signal)) throw error;
    }
    await sleep(TRY_EVERY_MS);
  }
}

function isStopping({ reason }: AbortSignal): boolean {
  return reason instanceof JobAbortedError && reason.reason === 'closing';
}

/** Resolves with what became of the chunk, and whether that may have ended the upload. */
async function release(
  chunk: ClaimedChunk,
  error: unknown,
  { db, maxAttempts, logger }: ProcessChunkOptions,
): Promise<{ readonly outcome: string; readonly isEnd: boolean }> {
  const loss = await suspectedLoss(db, chunk, error);
  if (loss === null) {
    const outcome = await releaseChunk(db, chunk, { ...failureInWords(error), maxAttempts });
    return { outcome, isEnd: outcome === 'failed' };
  }
  const { release: lost, settlement } = await releaseSuspect(db, chunk, loss);
  logSettlement(settlement, logger);
  return { outcome: lost?.outcome ?? 'lost', isEnd: settlement !== null };
}

function logUnsettled(chunkId: string, error: SettleError, logger: Logger): void {
  logger.error({ chunkId, err: error }, 'An upload could not be settled; the sweep tries again');
}
