import { ConnectionError, ProblemError } from './errors.js';

/** The longest that is waited because of one `Retry-After`. If the API says more, the caller decides. */
const MAX_WAIT_MS = 60_000;
const FIRST_WAIT_MS = 500;
/** The longest that is waited without having been asked to. */
const MAX_BACKOFF_MS = 8_000;

/**
 * How long to wait before a request that may be repeated is tried again; null to give up.
 *
 * @param attempt how often it was tried again before, from 0
 * @param isPassing whether a problem may be gone at the next attempt
 */
export function waitBeforeRetry(
  error: unknown,
  attempt: number,
  retries: number,
  isPassing: (problem: ProblemError) => boolean = isBusy,
): number | null {
  if (attempt >= retries) return null;
  const backoff = Math.min(FIRST_WAIT_MS * 2 ** attempt, MAX_BACKOFF_MS) * (0.75 + Math.random() / 2);
  if (error instanceof ConnectionError) return backoff;
  if (!(error instanceof ProblemError && isPassing(error))) return null;
  const asked = (error.retryAfter ?? 0) * 1_000;
  return asked > MAX_WAIT_MS ? null : Math.max(asked, backoff);
}

/** Whether the API or a proxy before it says that it has no time. */
export function isBusy({ status }: ProblemError): boolean {
  return status === 429 || status === 503;
}

/** How many waits for an earlier try one retry is worth. */
const WAITS_PER_RETRY = 10;

/** Decides how long to wait each time that a file could not be sent; null to give up. */
export interface Patience {
  waitAfter(error: unknown): number | null;
  /** To be called when something more has arrived: failures before that do not count. */
  renew(): void;
}

/**
 * Waits for an earlier try are counted apart from failures. Its connection may be gone for us and open for the API, which finds out
 * only after a minute or two; or the API is reading the whole file, which takes as long as it takes.
 *
 * @param isPassing whether a problem may be gone at the next attempt
 */
export function createPatience(retries: number, isPassing: (problem: ProblemError) => boolean): Patience {
  let failures = 0;
  let waits = 0;
  return {
    waitAfter: (error) =>
      error instanceof ProblemError && isHeld(error)
        ? waitBeforeRetry(error, waits++, retries * WAITS_PER_RETRY, isHeld)
        : waitBeforeRetry(error, failures++, retries, isPassing),
    renew() {
      failures = 0;
    },
  };
}

/** Whether an earlier request still has the key or the file. The answer to a HEAD has no code, only its status. */
function isHeld({ status, code }: ProblemError): boolean {
  return status === 423 || code === 'idempotency_key_in_use';
}
