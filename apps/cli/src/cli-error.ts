/** What the process ends with. Stable: scripts match on them. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
} as const;

/** Something that the user can understand and act on: shown without a stack. */
export class CliError extends Error {
  override readonly name = 'CliError';
  /** What to do, or more about it; one or more lines. */
  readonly hint: string | null;

  constructor(
    message: string,
    options: { readonly hint?: string | undefined; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.hint = options.hint ?? null;
  }
}

/** As shells count: 128 and the number of the signal. */
const interruptCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** The signals that ask us to stop. */
export type Interrupt = keyof typeof interruptCodes;

/** The user or the system asked us to stop: what runs is ended in order, and nothing is wrong. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
  readonly exitCode: number;

  constructor(signal: Interrupt) {
    super(`Stopped by ${signal}.`);
    this.exitCode = interruptCodes[signal];
  }
}
