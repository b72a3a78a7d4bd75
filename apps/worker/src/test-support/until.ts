import { vi } from 'vitest';

/** Asks again until the check passes: the queue connects in the background, and jobs take their time. */
export function until<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 120_000, interval: 25 });
}
