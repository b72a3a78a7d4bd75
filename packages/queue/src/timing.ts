import { setTimeout as delay } from 'node:timers/promises';

/** Rejects when `work` takes longer than `ms`. The work itself goes on, and its late failure is nobody's. */
export async function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  const timer = new AbortController();
  const late = delay(ms, undefined, { signal: timer.signal }).then((): never => {
    throw new Error(`No answer within ${ms} ms`);
  });
  // Aborting the timer rejects it, once the race is over.
  late.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.abort();
  }
}

/** Whether `work` ended, well or badly, within `ms`. */
export async function settlesWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  const settled = work.then(
    () => true,
    () => true,
  );
  return withTimeout(settled, ms).catch(() => false);
}

/** Waits `ms`, or until the signal aborts; never rejects. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
}
