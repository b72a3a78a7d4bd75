import { awaitSchema, checkSchema, createDatabase, OutdatedSchemaError } from '@pledgeline/db';
import { createFaultPoints } from '@pledgeline/fault-points';
import { createProducer, type Producer, queueConnection } from '@pledgeline/queue';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import pTimeout from 'p-timeout';
import { buildApp } from './app.js';
import type { Environment } from './env.js';

/** The API with its connections. */
export interface Server {
  /**
   * Listens once the schema is known to suffice. While Postgres is away it listens as well, since an answer that says
   * so is more use than none, and the schema is looked at as soon as Postgres is there. Ends early when the signal aborts.
   *
   * @throws OutdatedSchemaError
   */
  start(signal: AbortSignal): Promise<void>;
  /** Lets requests in hand end, cuts off those that take longer than the grace period, and closes everything. */
  close(): Promise<void>;
}

/** Between two statements of a transaction nothing is waited for but this process. */
const IDLE_TRANSACTION_MS = 60_000;
/** How long the start waits for Postgres before it counts as away. */
const FIRST_LOOK_MS = 5_000;

export function openServer(environment: Environment, logger: FastifyBaseLogger): Server {
  const database = createDatabase({
    connectionString: environment.DATABASE_URL,
    maxConnections: environment.DATABASE_CONNECTIONS,
    // A process that freezes must not keep its locks: others wait for them.
    idleTransactionTimeoutMs: IDLE_TRANSACTION_MS,
    applicationName: 'pledgeline-api',
    faultPoint: createFaultPoints(environment.FAULTS),
  });
  let open: Open | undefined;

  const onWait = (err: unknown): void =>
    logger.warn({ err }, 'Postgres cannot be asked for its schema; until then the API answers 503');

  /** False: nobody knows. */
  const suffices = async (): Promise<boolean> => {
    try {
      await pTimeout(checkSchema(database.pool), { milliseconds: FIRST_LOOK_MS });
      return true;
    } catch (error) {
      if (error instanceof OutdatedSchemaError) throw error;
      onWait(error);
      return false;
    }
  };

  return {
    async start(signal) {
      const isKnown = await suffices();
      if (signal.aborted) return;
      // Only now: on Postgres the queue writes as soon as it is connected.
      const producer = createProducer(queueConnection(environment), { logger });
      const app = await buildApp({ database, producer, config: environment, logger });
      open = { app, producer };
      if (signal.aborted) return;
      await app.listen({ host: environment.HOST, port: environment.PORT });
      const address = app.server.address();
      const port = typeof address === 'object' && address ? address.port : environment.PORT;
      logger.info({ event: 'listening', host: environment.HOST, port }, 'The API is listening');
      if (!isKnown) await awaitSchema(database.pool, { signal, onWait });
    },
    async close() {
      if (open) {
        await closeApp(open.app, environment.GRACE_MS);
        await open.producer.close();
      }
      const closed = database.close();
      // Before that nothing runs but an attempt to connect, which may take as long as a server does not answer.
      if (open) await closed;
    },
  };
}

interface Open {
  readonly app: FastifyInstance;
  readonly producer: Producer;
}

async function closeApp(app: FastifyInstance, graceMs: number): Promise<void> {
  // A connection kept alive after its last answer would hold the process for a minute.
  const tidy = setInterval(() => app.server.closeIdleConnections(), 100);
  const cut = setTimeout(() => app.server.closeAllConnections(), graceMs);
  await app.close();
  clearInterval(tidy);
  clearTimeout(cut);
}
