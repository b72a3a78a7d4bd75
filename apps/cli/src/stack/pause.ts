import { setTimeout as sleep } from 'node:timers/promises';

/** Waits before the next poll. When the signal aborts, throws its reason instead of an AbortError that hides it. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
  signal.throwIfAborted();
}
