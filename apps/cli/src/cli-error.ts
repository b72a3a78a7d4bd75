/** Exit codes of the process. They are stable, because scripts depend on them. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
} as const;

/** An error that the user can understand and act on. It is shown without a stack. */
export class CliError extends Error {
  override readonly name = 'CliError';
  /** What to do, or details; one or more lines. */
  readonly hint: string | null;

  constructor(
    message: string,
    options: { readonly hint?: string | undefined; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.hint = options.hint ?? null;
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
