import { setTimeout as sleep } from 'node:timers/promises';

/** Waits before the next poll. Throws what the signal was aborted with, not an AbortError that hides it. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
  signal.throwIfAborted();
}
