// Loaded into a program with `--import`. Writes a line to its log whenever its event loop was held for long.
const EVERY_MS = 10;
const LONG_MS = 50;

let expected = performance.now() + EVERY_MS;
let before = process.cpuUsage();
setInterval(() => {
  const now = performance.now();
  const { user, system } = process.cpuUsage(before);
  // A loop that waits for a core is late as well, but the program does not hold it.
  const heldMs = Math.round(Math.min(now - expected, (user + system) / 1_000));
  expected = now + EVERY_MS;
  before = process.cpuUsage();
  if (heldMs < LONG_MS) return;
  process.stdout.write(`${JSON.stringify({ loopHeldMs: heldMs })}\n`);
}, EVERY_MS).unref();
