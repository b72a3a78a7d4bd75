import { setTimeout as delay } from 'node:timers/promises';
import pTimeout from 'p-timeout';

/** Rejects when `work` takes longer than `ms`. The work itself goes on, and its late failure is ignored. */
export function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  return pTimeout(work, { milliseconds: ms, message: `No answer within ${ms} ms` });
}

/** Whether `work` ended within `ms`, resolved or rejected. */
export async function settlesWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  const settled = work.then(
    () => true,
    () => true,
  );
  // p-timeout does not accept 0.
  return pTimeout(settled, { milliseconds: Math.max(ms, 1), fallback: () => false });
}

/** Waits `ms`, or until the signal aborts; never rejects. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
}
