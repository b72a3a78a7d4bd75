import type { DueDelivery } from '@pledgeline/db';
import type { Producer } from '@pledgeline/queue';
import type { FastifyBaseLogger } from 'fastify';

/**
 * Adds a job per delivery. Never fails: the deliveries are in the database, and the sweep adds jobs for due deliveries
 * that have none.
 */
export async function enqueueDeliveries(
  producer: Producer,
  deliveries: readonly DueDelivery[],
  logger: FastifyBaseLogger,
): Promise<void> {
  try {
    await producer.enqueueDeliveries(deliveries);
  } catch (err) {
    logger.warn({ err, deliveries: deliveries.length }, 'The queue took no jobs; the sweep will add them');
  }
}
