import { CommanderError } from 'commander';
import { exitCodes, type Interrupt, InterruptedError } from './cli-error.js';
import { describeError } from './describe-error.js';
import { readEnv, wantsStack } from './env.js';
import { buildProgram, withoutPnpmDashes } from './program.js';

/** One Ctrl-C may come twice: from the terminal, and from pnpm, which passes it on. */
const SAME_SIGNAL_MS = 1_000;

const interruption = new AbortController();
let interruptedAt = 0;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const satisfies readonly Interrupt[]) {
  process.on(signal, () => {
    if (!interruption.signal.aborted) {
      interruptedAt = performance.now();
      interruption.abort(new InterruptedError(signal));
    } else if (performance.now() - interruptedAt > SAME_SIGNAL_MS) {
      // The second time is meant: what still runs is ended by its guard, in less good order.
      process.exit(new InterruptedError(signal).exitCode);
    }
  });
}

// `pnpm demo | head`: nobody reads on, so there is nothing to go on for.
process.stdout.on('error', () => interruption.abort(new InterruptedError('SIGTERM')));

try {
  const env = readEnv();
  const { signal } = interruption;
  const program = buildProgram({ env, signal, stdout: process.stdout, stderr: process.stderr });
  await program.parseAsync(withoutPnpmDashes(process.argv.slice(2)), { from: 'user' });
} catch (error) {
  process.exitCode = exitCodeOf(error);
  // Commander has printed its own errors.
  if (!(error instanceof CommanderError)) {
    process.stderr.write(`${describeError(error, { withStack: wantsStack() })}\n`);
  }
}

function exitCodeOf(error: unknown): number {
  if (error instanceof InterruptedError) return error.exitCode;
  // Help and version also come as errors, with exit code 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  return exitCodes.failed;
}
