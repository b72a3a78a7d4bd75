// Loaded into a program with `--import`. Writes a line to its log whenever its event loop was held for long.
const EVERY_MS = 10;
const LONG_MS = 50;

let expected = performance.now() + EVERY_MS;
setInterval(() => {
  const now = performance.now();
  const heldMs = Math.round(now - expected);
  expected = now + EVERY_MS;
  if (heldMs < LONG_MS) return;
  process.stdout.write(`${JSON.stringify({ loopHeldMs: heldMs })}\n`);
}, EVERY_MS).unref();
