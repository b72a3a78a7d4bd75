import type { Env } from '../env.js';

/** What every command gets from the edge of the program. */
export interface CommandContext {
  readonly env: Env;
  /** Aborted by Ctrl-C and its kin, with an InterruptedError. */
  readonly signal: AbortSignal;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}
