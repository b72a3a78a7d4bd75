/** What is needed of a logger; a pino logger fits as it is. */
export interface Logger {
  info(details: object, message: string): void;
  error(details: object, message: string): void;
  fatal(details: object, message: string): void;
}

export interface ShutdownOptions {
  /** Begins the lines of the log. */
  readonly program: string;
  readonly logger: Logger;
  /** Closes everything, also in the middle of a start. Called once. */
  readonly close: () => Promise<void>;
  /** How long that may take; then the process is ended with what is still open. */
  readonly patienceMs: number;
}

export interface Shutdown {
  /** Aborted when the process begins to end. */
  readonly signal: AbortSignal;
  /** Logs why the program cannot go on, and ends it in the same order, with exit code 1. */
  fail(error: unknown, message: string): void;
}

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** Has this process end in good order when it is told to, or when something unexpected happens. */
export function installShutdown({ program, logger, close, patienceMs }: ShutdownOptions): Shutdown {
  const ending = new AbortController();
  const { signal } = ending;

  const end = async (): Promise<never> => {
    ending.abort();
    setTimeout(() => {
      logger.error({ event: 'cut_off', patienceMs }, `${program} did not close in time and is ended`);
      process.exit(1);
    }, patienceMs);
    try {
      await close();
      logger.info({ event: 'closed' }, `${program} is closed`);
    } catch (err) {
      process.exitCode = 1;
      logger.error({ err }, `${program} could not close in good order`);
    }
    // Not left to an empty event loop: a connection that a server leaves hanging would keep the process.
    return process.exit();
  };

  const fail = (err: unknown, message: string): void => {
    process.exitCode = 1;
    logger.fatal({ err }, err instanceof Error ? `${message}: ${err.message}` : message);
    if (!signal.aborted) void end();
  };

  for (const name of SIGNALS) {
    process.on(name, () => {
      // One Ctrl-C comes twice: from the terminal, and from pnpm, which passes it on.
      if (signal.aborted) return;
      logger.info({ event: 'closing', signal: name }, `${program} is closing`);
      void end();
    });
  }
  // Of promises that nobody heeded as well: Node makes an exception of them.
  process.on('uncaughtException', (err) => fail(err, `${program} met an unexpected error and is closing`));
  return { signal, fail };
}
