import { type Database, routeNotifications } from '@pledgeline/db';
import type { Logger, Producer } from '@pledgeline/queue';

export interface AnnounceOptions {
  readonly db: Database;
  readonly producer: Pick<Producer, 'enqueueDeliveries'>;
  readonly logger: Logger;
  /** Whether mail can be sent at all. */
  readonly email: boolean;
}

/** Messages that are routed at once; the sweep goes on with others. */
const ROUTE_LIMIT = 100;

/**
 * Sends off what there is to tell, right after an upload has ended. Never throws: the message is stored, and the sweep
 * does the same a little later.
 */
export async function announce({ db, producer, logger, email }: AnnounceOptions): Promise<void> {
  try {
    const deliveries = await routeNotifications(db, { limit: ROUTE_LIMIT, email });
    if (deliveries.length === 0) return;
    await db.faultPoint('delivery.routed');
    await producer.enqueueDeliveries(deliveries);
  } catch (error) {
    logger.warn({ err: error }, 'a message could not be sent off yet; the sweep will');
  }
}
