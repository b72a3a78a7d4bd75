import { type Database, routeNotifications } from '@pledgeline/db';
import type { Logger, Producer } from '@pledgeline/queue';

export interface RouteAndEnqueueOptions {
  readonly db: Database;
  readonly producer: Pick<Producer, 'enqueueDeliveries'>;
  readonly logger: Logger;
  /** Whether mail can be sent at all. */
  readonly email: boolean;
}

/** Notifications routed by one call; the next sweep continues with the others. */
const ROUTE_LIMIT = 100;

/**
 * Routes new notifications and enqueues their deliveries, right after an upload has ended. Never throws: the
 * notification is stored, and the sweep does the same a little later.
 */
export async function routeAndEnqueue({
  db,
  producer,
  logger,
  email,
}: RouteAndEnqueueOptions): Promise<void> {
  try {
    const deliveries = await routeNotifications(db, { limit: ROUTE_LIMIT, email });
    if (deliveries.length === 0) return;
    await db.faultPoint('delivery.routed');
    await producer.enqueueDeliveries(deliveries);
  } catch (error) {
    logger.warn({ err: error }, 'Notifications could not be routed and enqueued; the sweep will do it');
  }
}
