/** The methods of a logger that are needed. A pino logger has them. */
export interface Logger {
  info(details: object, message: string): void;
  error(details: object, message: string): void;
  fatal(details: object, message: string): void;
}

export interface ShutdownOptions {
  /** Name of the program, with which the log messages begin. */
  readonly program: string;
  readonly logger: Logger;
  /** Closes everything. It is called once, perhaps during the start. */
  readonly close: () => Promise<void>;
  /** How long closing may take, in milliseconds. Then the process ends in any case. */
  readonly patienceMs: number;
}

export interface Shutdown {
  /** Aborted when the process begins to end. */
  readonly signal: AbortSignal;
  /** Logs why the program cannot go on, and ends it in the same way, with exit code 1. */
  fail(error: unknown, message: string): void;
}

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** Makes this process end in good order after a signal or an unexpected error. */
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
    // Without this call, a connection that a server does not close would keep the process alive.
    return process.exit();
  };

  const fail = (err: unknown, message: string): void => {
    process.exitCode = 1;
    logger.fatal({ err }, err instanceof Error ? `${message}: ${err.message}` : message);
    if (!signal.aborted) void end();
  };

  for (const name of SIGNALS) {
    process.on(name, () => {
      // With one Ctrl-C the signal comes twice: from the terminal, and from pnpm, which passes it on.
      if (signal.aborted) return;
      logger.info({ event: 'closing', signal: name }, `${program} is closing`);
      void end();
    });
  }
  // Node reports unhandled rejections here too.
  process.on('uncaughtException', (err) => fail(err, `${program} met an unexpected error and is closing`));
  return { signal, fail };
}
