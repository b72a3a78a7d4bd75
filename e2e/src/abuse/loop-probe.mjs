// Loaded into a program with `--import`. Writes a line to its log whenever its event loop was held for long.
import { readFileSync } from 'node:fs';

const EVERY_MS = 10;
const LONG_MS = 50;

/** The time that the main thread has run, on Linux. On a busy machine it waits for its turn as well, which holds nobody up by its doing. */
function ranMs() {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1_000_000;
  } catch {
    return Number.NaN;
  }
}

let expected = performance.now() + EVERY_MS;
let ran = ranMs();
setInterval(() => {
  const now = performance.now();
  const ranNow = ranMs();
  const waitedMs = now - expected;
  const ownMs = Number.isNaN(ranNow) ? waitedMs : Math.min(waitedMs, ranNow - ran);
  expected = now + EVERY_MS;
  ran = ranNow;
  if (ownMs < LONG_MS) return;
  process.stdout.write(
    `${JSON.stringify({ loopHeldMs: Math.round(ownMs), waitedMs: Math.round(waitedMs) })}\n`,
  );
}, EVERY_MS).unref();
