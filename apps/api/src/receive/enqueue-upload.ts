import type { DraftToEnqueue } from '@pledgeline/db';
import type { Producer } from '@pledgeline/queue';
import type { FastifyBaseLogger } from 'fastify';

/**
 * Adds a job per chunk. Never fails: the chunks are in the database, and the sweep adds jobs for those that have none.
 * So uploads are accepted while the queue is unavailable.
 */
export async function enqueueUpload(
  producer: Producer,
  uploadId: string,
  chunkIds: readonly string[],
  logger: FastifyBaseLogger,
): Promise<void> {
  try {
    await producer.enqueueChunks(chunkIds.map((chunkId) => ({ uploadId, chunkId, attempt: 0 })));
  } catch (err) {
    logger.warn({ err, uploadId }, 'The queue took no jobs; the sweep will add them');
  }
}

/** Adds the job of a draft. Never fails, as {@link enqueueUpload}. */
export async function enqueueDraft(
  producer: Producer,
  draft: DraftToEnqueue,
  logger: FastifyBaseLogger,
): Promise<void> {
  try {
    await producer.enqueueDrafts([draft]);
  } catch (err) {
    logger.warn({ err, draftId: draft.draftId }, 'The queue took no job; the sweep will add it');
  }
}
