/** What the queue needs of a logger; a pino logger fits as it is. */
export type Logger = {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
};

/**
 * A server that is away causes an error at every attempt to connect: many times a second, on several sockets.
 * Each distinct message is logged at most once in `everyMs`.
 */
export function logErrorsSparingly(
  logger: Logger,
  message: string,
  everyMs = 10_000,
): (error: Error) => void {
  const lastLogged = new Map<string, number>();
  return (error) => {
    const now = Date.now();
    for (const [key, at] of lastLogged) if (now - at >= everyMs) lastLogged.delete(key);
    if (lastLogged.has(error.message)) return;
    lastLogged.set(error.message, now);
    logger.warn({ err: error }, message);
  };
}
