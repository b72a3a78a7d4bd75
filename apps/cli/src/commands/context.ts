import type { Env } from '../env.js';

/** The outside world, as every command gets it from `main.ts`. */
export interface CommandContext {
  readonly env: Env;
  /** Aborted with an InterruptedError by Ctrl-C and other signals to stop. */
  readonly signal: AbortSignal;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}
