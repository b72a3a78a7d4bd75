// Loaded into a program with `--import`. Writes a line to its log whenever its event loop was held longer than ever before.
const EVERY_MS = 10;

let expected = performance.now() + EVERY_MS;
let longest = 0;
setInterval(() => {
  const now = performance.now();
  const heldMs = Math.round(now - expected);
  expected = now + EVERY_MS;
  if (heldMs <= longest) return;
  longest = heldMs;
  process.stdout.write(`${JSON.stringify({ loopHeldMs: heldMs })}\n`);
}, EVERY_MS).unref();
