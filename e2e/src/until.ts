import { vi } from 'vitest';

/** Asks again until the check passes, and gives what it gave. */
export function until<T>(check: () => T | Promise<T>, timeoutMs = 60_000): Promise<T> {
  return vi.waitFor(check, { timeout: timeoutMs, interval: 20 });
}
