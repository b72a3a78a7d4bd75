import { type Database, type SweepOptions, sweep } from '@pledgeline/db';
import type { Logger, Producer } from '@pledgeline/queue';
import { logSettlement } from './log-settlement.js';

/** Repairs what crashes left behind, and enqueues chunks and drafts again whose jobs a queue has lost. */
export async function sweepUploads(
  db: Database,
  producer: Pick<Producer, 'enqueueChunks' | 'enqueueDrafts'>,
  options: SweepOptions,
  logger: Logger,
): Promise<void> {
  const result = await sweep(db, options);
  // A job that still exists is not added twice: its id is made of the chunk and the attempt.
  if (result.pendingChunks.length > 0) await producer.enqueueChunks(result.pendingChunks);
  if (result.openDrafts.length > 0) await producer.enqueueDrafts(result.openDrafts);
  for (const { repair, error } of result.failures) logger.error({ repair, err: error }, 'A repair failed');
  for (const settlement of result.settlements) logSettlement(settlement, logger);
  if (result.purgedCampaigns > 0) {
    logger.info({ purgedCampaigns: result.purgedCampaigns }, 'Deleted campaigns are gone for good');
  }
  const { freedLeases, refusedRows, failedUploads } = result;
  const settledUploads = result.settlements.length;
  if (freedLeases + failedUploads + settledUploads > 0) {
    logger.warn({ freedLeases, refusedRows, failedUploads, settledUploads }, 'The sweep repaired something');
  }
}
