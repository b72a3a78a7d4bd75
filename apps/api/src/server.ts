import { installShutdown } from '@pledgeline/shutdown';
import { readEnvironment } from './env.js';
import { createLogger } from './logger.js';
import { openServer } from './open-server.js';

/** Time after the grace period to fail uploads that were cut off, and to close connections. */
const CLOSING_MS = 5_000;

const environment = readEnvironment();
const logger = createLogger(environment.LOG_LEVEL);
const server = openServer(environment, logger);
const shutdown = installShutdown({
  program: 'The API',
  logger,
  close: server.close,
  patienceMs: environment.GRACE_MS + CLOSING_MS,
});

try {
  await server.start(shutdown.signal);
} catch (error) {
  // Errors of a start that was interrupted do not matter.
  if (!shutdown.signal.aborted) shutdown.fail(error, 'The API cannot start');
}
