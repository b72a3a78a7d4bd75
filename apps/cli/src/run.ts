import { CommanderError } from 'commander';
import { type Interrupt, InterruptedError } from './cli-error.js';
import type { CommandContext, Output } from './commands/context.js';
import { describeError, exitCodeOf } from './describe-error.js';
import { processEnvironment, readEnv, wantsCause } from './env.js';
import { buildProgram, withoutPnpmDashes } from './program.js';

/** The outside world before its environment is read. */
export interface Outside extends Omit<CommandContext, 'env'> {
  readonly environment: NodeJS.ProcessEnv;
}

/** Runs a command, and returns the exit code. This is the one place where errors become messages. */
export async function run(args: readonly string[], outside: Outside): Promise<number> {
  const { environment, ...streams } = outside;
  try {
    const program = buildProgram({ env: readEnv(environment), ...streams });
    await program.parseAsync(withoutPnpmDashes(args), { from: 'user' });
    return 0;
  } catch (error) {
    // Commander prints its own errors.
    if (!(error instanceof CommanderError)) {
      const verbose = args.includes('--verbose') || wantsCause(environment);
      outside.stderr.write(`${describeError(error, { verbose })}\n`);
    }
    return exitCodeOf(error);
  }
}

/** One Ctrl-C may arrive twice within this time: from the terminal, and from pnpm, which passes it on. */
const SAME_SIGNAL_MS = 1_000;

/** Runs the command of this process, and sets its exit code. */
export async function runProcess(): Promise<void> {
  const signal = interruptedBySignals(process.stdout);
  const { stdin, stdout, stderr } = process;
  process.exitCode = await run(process.argv.slice(2), {
    environment: processEnvironment(),
    signal,
    stdin,
    stdout,
    stderr,
  });
}

function interruptedBySignals(stdout: Output): AbortSignal {
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
  stdout.on('error', () => interruption.abort(new InterruptedError('SIGTERM')));
  return interruption.signal;
}
