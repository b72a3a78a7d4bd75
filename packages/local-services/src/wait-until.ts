import { setTimeout as sleep } from 'node:timers/promises';

/** Calls `isTrue` every 25 ms. Resolves with true once it is true, or with false after `milliseconds`. */
export async function waitUntil(
  isTrue: () => boolean | Promise<boolean>,
  milliseconds: number,
): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    if (await isTrue()) return true;
    if (Date.now() > deadline) return false;
    await sleep(25);
  }
}
