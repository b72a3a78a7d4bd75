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

try {
  // While the queue is away the worker waits for it, and must still be stoppable: it holds no chunk yet.
  const worker = await Promise.race([startWorker(env, logger), stopping]);
  if (worker === null) process.exit(0);
  const queue = env.REDIS_URL === undefined ? 'postgres' : 'redis';
  logger.info({ concurrency: env.CONCURRENCY, queue }, 'the worker is ready');
  await stopping;
  await worker.stop();
} catch (error) {
  logger.fatal({ err: error }, 'the worker cannot go on');
  process.exit(1);
}
