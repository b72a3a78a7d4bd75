/** Exit codes of the process. They are stable, because scripts depend on them. */
export const exitCodes = {
  /** Everything that was asked is done. */
  done: 0,
  /** It is done, and something is left for the user: rows were rejected, a file waits for answers, a check does not hold. */
  incomplete: 1,
  /** The arguments or the environment are wrong; nothing was done. */
  usage: 2,
  /** It was refused or failed. */
  failed: 3,
  /** The API or the database does not answer. */
  unreachable: 4,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

interface CliErrorOptions {
  readonly hint?: string | undefined;
  readonly details?: string | undefined;
  /** Default `failed`. */
  readonly exitCode?: ExitCode;
  readonly cause?: unknown;
}

/** An error that the user can understand and act on. It is shown without a stack. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: ExitCode;
  /** What to do; one or more lines. */
  readonly hint: string | null;
  /** What only somebody who looks for the cause wants to know. */
  readonly details: string | null;

  constructor(message: string, { hint, details, exitCode = exitCodes.failed, cause }: CliErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.hint = hint ?? null;
    this.details = details ?? null;
    this.exitCode = exitCode;
  }
}

/** As in shells: 128 plus the number of the signal. */
const interruptCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** The signals that ask the process to stop. */
export type Interrupt = keyof typeof interruptCodes;

/** The user or the system asked the process to stop. Everything is stopped in order; nothing is wrong. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
  readonly exitCode: number;

  constructor(signal: Interrupt) {
    super(`Stopped by ${signal}.`);
    this.exitCode = interruptCodes[signal];
  }
}
