import { pino } from 'pino';
import { readEnv } from './env.js';
import { startWorker } from './start-worker.js';

const env = readEnv();
const logger = pino({ name: 'worker', level: env.LOG_LEVEL });

const stopping = new Promise<null>((resolve) => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      logger.info({ signal }, 'the worker stops');
      resolve(null);
    });
  }
});

/** Time for connections to close after the grace period. */
const CLOSING_MS = 5_000;

/** A worker that cannot stop is ended: its chunks come back when their leases run out. */
function stopAtLast(afterMs: number): void {
  setTimeout(() => {
    logger.error('the worker did not stop in time and is ended');
    process.exit(1);
  }, afterMs).unref();
}

try {
  // While the queue is away the worker waits for it, and must still be stoppable: it holds no chunk yet.
  const worker = await Promise.race([startWorker(env, logger), stopping]);
  if (worker === null) process.exit(0);
  const queue = env.REDIS_URL === undefined ? 'postgres' : 'redis';
  logger.info({ concurrency: env.CONCURRENCY, queue }, 'the worker is ready');
  await stopping;
  stopAtLast(env.GRACE_MS + CLOSING_MS);
  await worker.stop();
  // Not left to an empty event loop: a connection that a server leaves hanging would keep the process.
  process.exit(0);
} catch (error) {
  logger.fatal({ err: error }, 'the worker cannot go on');
  process.exit(1);
}
