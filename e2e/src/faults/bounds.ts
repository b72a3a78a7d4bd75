/** Short times for the worker, so that what a fault left behind is taken up within seconds. */
export const impatience = {
  LEASE_MS: '2000',
  SWEEP_EVERY_MS: '250',
  PENDING_AFTER_MS: '500',
  SILENT_AFTER_MS: '1000',
  CONCURRENCY: '1',
  DELIVERY_TIMEOUT_MS: '1000',
  // The receivers of the tests are on this machine.
  ALLOW_PRIVATE_WEBHOOKS: 'true',
};

/** A lease that nobody outlives, for tests in which every chunk must be done at the first attempt. */
export const patience = { LEASE_MS: '60000' };

const { LEASE_MS, SWEEP_EVERY_MS, PENDING_AFTER_MS, SILENT_AFTER_MS, DELIVERY_TIMEOUT_MS } = impatience;

/** How long a chunk of the tests' small files may take, on a machine that is busy with other things. */
const WORK_MS = 10_000;

/** From the end of a fault until every upload is final: the sums of docs/operating.md, and the work itself. */
export const bounds = {
  /** A chunk was in the hands of a worker. */
  claimed: Number(LEASE_MS) + Number(SWEEP_EVERY_MS) + WORK_MS,
  /** A job was in the hands of a worker, its chunk was not. The queue locks it as long as a lease. */
  unclaimed: 1.5 * Number(LEASE_MS) + WORK_MS,
  /** A chunk has no job. */
  unqueued: Number(PENDING_AFTER_MS) + Number(SWEEP_EVERY_MS) + WORK_MS,
  /** A file stopped coming. */
  unsealed: Number(SILENT_AFTER_MS) + Number(SWEEP_EVERY_MS) + WORK_MS,
  /** Nobody has asked yet who wants to be told. */
  unrouted: Number(SWEEP_EVERY_MS) + WORK_MS,
  /** A message was in the hands of a worker. */
  undelivered:
    Math.max(2 * Number(DELIVERY_TIMEOUT_MS), 1.5 * Number(LEASE_MS)) +
    Number(PENDING_AFTER_MS) +
    Number(SWEEP_EVERY_MS) +
    WORK_MS,
  /** Nothing has to be waited for. */
  none: WORK_MS,
};
