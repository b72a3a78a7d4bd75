const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long to wait before each attempt, by the number of failed attempts before it (Standard Webhooks 1.0). */
const waits = [
  0,
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const;

/** Up to this part of a wait is added to it, so that deliveries which failed together are not tried again together. */
const JITTER = 0.1;

/** How many attempts there are before a delivery is given up, after about 75 hours. */
export const maxAttempts: number = waits.length;

/**
 * How long to wait before the next attempt, in whole milliseconds: as the schedule says, plus up to 10 % jitter, and at
 * least `retryAfterMs`. Null when no attempt is left.
 *
 * @param attempts how many attempts have failed so far
 * @param random returns a number from 0 to below 1
 */
export function delayBeforeNext(
  attempts: number,
  retryAfterMs: number | null,
  random: () => number = Math.random,
): number | null {
  const wait = waits[attempts];
  if (wait === undefined) return null;
  return Math.ceil(Math.max(wait + wait * JITTER * random(), retryAfterMs ?? 0));
}
