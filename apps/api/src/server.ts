import { createDatabase } from '@pledgeline/db';
import { createFaultPoints } from '@pledgeline/fault-points';
import { createProducer, type QueueConnection } from '@pledgeline/queue';
import { buildApp } from './app.js';
import { type Environment, readEnvironment } from './env.js';
import { createLogger } from './logger.js';

/** Requests in hand may take so long after SIGTERM; hosts commonly kill after 30 s. */
const GRACE_MS = 20_000;

/** Between two statements of a transaction nothing is waited for but this process. */
const IDLE_TRANSACTION_MS = 60_000;

const environment = readEnvironment();
const logger = createLogger(environment.LOG_LEVEL);
const database = createDatabase({
  connectionString: environment.DATABASE_URL,
  maxConnections: environment.DATABASE_CONNECTIONS,
  // A process that freezes must not keep its locks: others wait for them.
  idleTransactionTimeoutMs: IDLE_TRANSACTION_MS,
  applicationName: 'pledgeline-api',
  faultPoint: createFaultPoints(environment.FAULTS),
});
const producer = createProducer(queueConnection(environment), { logger });
const app = await buildApp({ database, producer, config: environment, logger });

process.once('SIGTERM', shutDown);
process.once('SIGINT', shutDown);

try {
  await app.listen({ host: environment.HOST, port: environment.PORT });
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : environment.PORT;
  logger.info({ event: 'listening', host: environment.HOST, port }, 'The API is listening');
} catch (err) {
  logger.fatal({ err }, 'The API cannot listen');
  process.exitCode = 1;
  await Promise.all([producer.close(), database.close()]);
}

function queueConnection({ REDIS_URL, ALLOW_EVICTION, DATABASE_URL }: Environment): QueueConnection {
  return REDIS_URL === undefined
    ? { kind: 'postgres', connectionString: DATABASE_URL }
    : { kind: 'redis', url: REDIS_URL, allowEviction: ALLOW_EVICTION };
}

async function shutDown(signal: NodeJS.Signals): Promise<void> {
  logger.info({ event: 'closing', signal }, 'The API is closing');
  // A connection kept alive after its last answer would hold the process for a minute.
  const tidy = setInterval(() => app.server.closeIdleConnections(), 100);
  const cut = setTimeout(() => app.server.closeAllConnections(), GRACE_MS);
  await app.close();
  clearInterval(tidy);
  clearTimeout(cut);
  await producer.close();
  await database.close();
  logger.info({ event: 'closed' }, 'The API is closed');
  process.exit(0);
}
