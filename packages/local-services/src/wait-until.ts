import { setTimeout as sleep } from 'node:timers/promises';

// Not p-wait-for: its version 6 adds an abort listener with every interval, so that Node warns of a leak after ten.
/** Asks `isTrue` again and again until it says yes (true) or `milliseconds` are over (false). */
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
