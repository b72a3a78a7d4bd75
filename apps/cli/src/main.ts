import { CommanderError } from 'commander';
import { exitCodes, type Interrupt, InterruptedError } from './cli-error.js';
import { describeError } from './describe-error.js';
import { readEnv, wantsStack } from './env.js';
import { buildProgram, withoutPnpmDashes } from './program.js';

/** One Ctrl-C may arrive twice within this time: from the terminal, and from pnpm, which passes it on. */
const SAME_SIGNAL_MS = 1_000;

const interruption = new AbortController();
let interruptedAt = 0;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const satisfies readonly Interrupt[]) {
  process.on(signal, () => {
    if (!interruption.signal.aborted) {
      interruptedAt = performance.now();
      interruption.abort(new InterruptedError(signal));
    } else if (performance.now() - interruptedAt > SAME_SIGNAL_MS) {
      // A real second signal: exit now. The guard kills the processes that still run.
      process.exit(new InterruptedError(signal).exitCode);
    }
  });
}

// As in `pnpm demo | head`: nobody reads the output any more, so there is nothing left to do.
process.stdout.on('error', () => interruption.abort(new InterruptedError('SIGTERM')));

try {
  const env = readEnv();
  const { signal } = interruption;
  const program = buildProgram({ env, signal, stdout: process.stdout, stderr: process.stderr });
  await program.parseAsync(withoutPnpmDashes(process.argv.slice(2)), { from: 'user' });
} catch (error) {
  process.exitCode = exitCodeOf(error);
  // Commander prints its own errors.
  if (!(error instanceof CommanderError)) {
    process.stderr.write(`${describeError(error, { withStack: wantsStack() })}\n`);
  }
}

function exitCodeOf(error: unknown): number {
  if (error instanceof InterruptedError) return error.exitCode;
  // Commander throws for help and version as well, with exit code 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  return exitCodes.failed;
}
