/** Short times for the worker, so that it recovers from a fault within seconds. */
export const impatience = {
  LEASE_MS: '2000',
  SWEEP_EVERY_MS: '250',
  PENDING_AFTER_MS: '500',
  // Long enough for an API on a busy machine, which is silent while it waits for its turn.
  SILENT_AFTER_MS: '5000',
  CONCURRENCY: '1',
  DELIVERY_TIMEOUT_MS: '1000',
  // The webhook receivers of the tests are on this machine.
  ALLOW_PRIVATE_WEBHOOKS: 'true',
};

/** A lease that never runs out, for tests in which every chunk must be done at the first attempt. */
export const patience = { LEASE_MS: '60000' };

const { LEASE_MS, SWEEP_EVERY_MS, PENDING_AFTER_MS, SILENT_AFTER_MS, DELIVERY_TIMEOUT_MS } = impatience;

/** How long a chunk of the small test files may take on a busy machine. */
const WORK_MS = 10_000;

/** How long it may take from the end of a fault until every upload is final: the sums of docs/operating.md plus work. */
export const bounds = {
  /** When a worker had claimed a chunk. */
  claimed: Number(LEASE_MS) + Number(SWEEP_EVERY_MS) + WORK_MS,
  /** When a worker had taken a job but not yet claimed its chunk. The queue locks a job as long as a lease. */
  unclaimed: 1.5 * Number(LEASE_MS) + WORK_MS,
  /**
   * When a server failed each attempt at a chunk: its job waits longer each time, the last time for 4 s (and half of that by chance),
   * and a fresh job lets a chunk rest for 2 s that has just failed.
   */
  failing: 6_000 + 2_000 + Number(PENDING_AFTER_MS) + Number(SWEEP_EVERY_MS) + WORK_MS,
  /** When a chunk has no job. */
  unqueued: Number(PENDING_AFTER_MS) + Number(SWEEP_EVERY_MS) + WORK_MS,
  /** When a file stopped arriving. */
  unsealed: Number(SILENT_AFTER_MS) + Number(SWEEP_EVERY_MS) + WORK_MS,
  /** When the chunks were done and the upload was not settled. */
  unsettled: Number(SWEEP_EVERY_MS) + WORK_MS,
  /** When a notification was not routed yet. */
  unrouted: Number(SWEEP_EVERY_MS) + WORK_MS,
  /** When a worker had claimed a delivery. */
  undelivered:
    Math.max(2 * Number(DELIVERY_TIMEOUT_MS), 1.5 * Number(LEASE_MS)) +
    Number(PENDING_AFTER_MS) +
    Number(SWEEP_EVERY_MS) +
    WORK_MS,
  /** When there is nothing to wait for. */
  none: WORK_MS,
};
