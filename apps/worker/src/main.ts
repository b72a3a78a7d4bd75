import { installShutdown } from '@pledgeline/shutdown';
import { pino } from 'pino';
import { readEnv } from './env.js';
import { startWorker } from './start-worker.js';

/** Time for connections to close after the grace period. A worker that needs longer is ended, and its leases run out. */
const CLOSING_MS = 5_000;

const env = readEnv();
const logger = pino({ name: 'worker', level: env.LOG_LEVEL });
const worker = startWorker(env, logger);
const shutdown = installShutdown({
  program: 'The worker',
  logger,
  close: worker.stop,
  patienceMs: env.GRACE_MS + CLOSING_MS,
});

try {
  await worker.ready;
  if (!shutdown.signal.aborted) {
    const queue = env.REDIS_URL === undefined ? 'postgres' : 'redis';
    logger.info({ concurrency: env.CONCURRENCY, queue }, 'The worker is ready');
  }
} catch (error) {
  shutdown.fail(error, 'The worker cannot start');
}
