import { CommanderError } from 'commander';
import { exitCodes, type Interrupt, InterruptedError } from './cli-error.js';
import { describeError } from './describe-error.js';
import { readEnv, wantsStack } from './env.js';
import { buildProgram, withoutPnpmDashes } from './program.js';

const interruption = new AbortController();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const satisfies readonly Interrupt[]) {
  process.on(signal, () => {
    // The second time is meant: what still runs is ended by its guard, in less good order.
    if (interruption.signal.aborted) process.exit(new InterruptedError(signal).exitCode);
    interruption.abort(new InterruptedError(signal));
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
