import { findDueDeliveries } from '@pledgeline/db';
import { type AnnounceOptions, announce } from './announce.js';

export interface SweepDeliveriesOptions extends AnnounceOptions {
  /** A delivery that is overdue for so long has lost its job, or its worker. */
  readonly overdueMs: number;
  readonly limit: number;
}

/** More than one receiver gets at once, so that its line goes on between two sweeps. */
const PER_RECEIVER = 10;

/** Routes messages that nobody has routed, and brings back deliveries that a queue or a worker has lost. */
export async function sweepDeliveries(options: SweepDeliveriesOptions): Promise<void> {
  const { db, producer, overdueMs, limit } = options;
  await announce(options);
  const due = await findDueDeliveries(db, { overdueMs, limit, perReceiver: PER_RECEIVER });
  // A job of their own: that of a worker whose clock is fast may wait for another hour.
  const jobs = due.map(({ deliveryId, turn }) => ({ deliveryId, turn: `${turn}-overdue` }));
  if (jobs.length > 0) await producer.enqueueDeliveries(jobs);
}
