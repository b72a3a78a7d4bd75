import { findDueDeliveries } from '@pledgeline/db';
import { type RouteAndEnqueueOptions, routeAndEnqueue } from './route-and-enqueue.js';

export interface SweepDeliveriesOptions extends RouteAndEnqueueOptions {
  /** A delivery that is overdue for this long has lost its job or its worker. */
  readonly overdueMs: number;
  readonly limit: number;
}

/** More than the attempts that one receiver gets at once, so that its queue does not run empty between two sweeps. */
const PER_RECEIVER = 10;

/** Routes notifications that are not routed yet, and enqueues deliveries again that a queue or a worker has lost. */
export async function sweepDeliveries(options: SweepDeliveriesOptions): Promise<void> {
  const { db, producer, overdueMs, limit } = options;
  await routeAndEnqueue(options);
  const due = await findDueDeliveries(db, { overdueMs, limit, perReceiver: PER_RECEIVER });
  // The job id differs from that of the regular job: if a worker's clock was fast, that one may wait for another hour.
  const jobs = due.map(({ deliveryId, turn }) => ({ deliveryId, turn: `${turn}-overdue` }));
  if (jobs.length > 0) await producer.enqueueDeliveries(jobs);
}
