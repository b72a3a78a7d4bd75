import {
  type ClaimedChunk,
  claimChunk,
  completeChunk,
  type Database,
  LostLeaseError,
  mapChunk,
  releaseChunk,
  SettleError,
} from '@pledgeline/db';
import type { JobContext, JobPayloads, Logger } from '@pledgeline/queue';
import { logSettlement } from './log-settlement.js';

export interface ProcessChunkOptions {
  readonly db: Database;
  readonly logger: Logger;
  readonly leaseMs: number;
  readonly maxAttempts: number;
  /** Called when this chunk has ended the upload. */
  readonly onSettled: () => Promise<void>;
}

/**
 * Processes one chunk: claim, map, write. A chunk that cannot be claimed is done, canceled or claimed by another worker.
 * So a job that is delivered a second time ends right after the claim.
 */
export async function processChunk(
  { chunkId }: JobPayloads['process-chunk'],
  { signal }: Pick<JobContext, 'signal'>,
  options: ProcessChunkOptions,
): Promise<void> {
  const { db, logger } = options;
  await db.faultPoint('chunk.unclaimed');
  const chunk = await claimChunk(db, chunkId, options);
  if (!chunk) return;
  try {
    await db.faultPoint('chunk.claimed');
    const mapped = await mapChunk(chunk, signal);
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

/** The chunk's own count of attempts decides whether there is another one; the queue only brings it sooner than the sweep. */
async function giveBack(chunk: ClaimedChunk, error: unknown, options: ProcessChunkOptions): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error);
  try {
    const outcome = await releaseChunk(options.db, chunk, { reason, maxAttempts: options.maxAttempts });
    options.logger.error(
      { chunkId: chunk.id, attempt: chunk.attempt, outcome, err: error },
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
