import { prepareNames } from '@pledgeline/csv-core/import';
import {
  awaitSchema,
  checkSchema,
  createDatabase,
  type Database,
  hasWall,
  OutdatedSchemaError,
} from '@pledgeline/db';
import { createFaultPoints } from '@pledgeline/fault-points';
import { createProducer, type Producer, queueConnection } from '@pledgeline/queue';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import pTimeout from 'p-timeout';
import { buildApp } from './app.js';
import { REACH_TIMEOUT_MS } from './database-reach.js';
import type { Environment } from './env.js';

/** The API with its connections. */
export interface Server {
  /**
   * Checks the schema, then listens. If Postgres is unavailable it listens as well, because a 503 is more useful than
   * no answer, and checks the schema as soon as Postgres is available. Returns early when the signal aborts.
   *
   * @throws OutdatedSchemaError
   */
  start(signal: AbortSignal): Promise<void>;
  /** Lets open requests finish, cuts off those that take longer than the grace period, and closes everything. */
  close(): Promise<void>;
}

/** Long enough: between two statements, a transaction waits for nothing but this process. */
const IDLE_TRANSACTION_MS = 60_000;
/** How long the start waits for Postgres before it counts as unavailable. */
const FIRST_LOOK_MS = 5_000;

export function openServer(environment: Environment, logger: FastifyBaseLogger): Server {
  const database = createDatabase({
    connectionString: environment.DATABASE_URL,
    maxConnections: environment.DATABASE_CONNECTIONS,
    // Nothing waits for ever: whoever holds a lock for too long must not use up the connections of all merchants.
    statementTimeoutMs: environment.STATEMENT_TIMEOUT_MS,
    lockTimeoutMs: environment.LOCK_TIMEOUT_MS,
    // A process that freezes must not keep its locks, because others wait for them.
    idleTransactionTimeoutMs: IDLE_TRANSACTION_MS,
    applicationName: 'pledgeline-api',
    faultPoint: createFaultPoints(environment.FAULTS),
  });
  const probes = createDatabase({
    connectionString: environment.DATABASE_URL,
    maxConnections: 1,
    statementTimeoutMs: REACH_TIMEOUT_MS,
    applicationName: 'pledgeline-api-probes',
  });
  let open: Open | undefined;

  const onWait = (err: unknown): void =>
    logger.warn({ err }, 'Postgres cannot be asked for its schema; until then the API answers 503');

  /** Whether the schema is known to suffice; false when Postgres is unavailable. */
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
      prepareNames();
      const isKnown = await suffices();
      if (signal.aborted) return;
      // Created only now, because a queue on Postgres writes as soon as it is connected.
      const producer = createProducer(queueConnection(environment), { logger });
      const app = await buildApp({ database, probes, producer, config: environment, logger });
      open = { app, producer };
      if (signal.aborted) return;
      await app.listen({ host: environment.HOST, port: environment.PORT });
      const address = app.server.address();
      const port = typeof address === 'object' && address ? address.port : environment.PORT;
      logger.info({ event: 'listening', host: environment.HOST, port }, 'The API is listening');
      if (!isKnown) await awaitSchema(database.pool, { signal, onWait });
      if (!signal.aborted) await warnWithoutWall(database, logger);
    },
    async close() {
      if (open) {
        await closeApp(open.app, environment.GRACE_MS);
        await open.producer.close();
      }
      const closed = Promise.all([database.close(), probes.close()]);
      // If the app was never opened, only an attempt to connect may be running, which could take for ever.
      if (open) await closed;
    },
  };
}

/** Says so when Postgres does not guard the rows of merchants. A check that fails is logged: nothing else depends on it. */
async function warnWithoutWall({ pool }: Database, logger: FastifyBaseLogger): Promise<void> {
  try {
    if (await hasWall(pool)) return;
    logger.warn(
      { event: 'no_row_level_security' },
      'Row-level security does not guard the requests: the role pledgeline_api is missing, or may not be taken. Run `pnpm db:migrate` as a user that may make roles; see "Row-level security" in docs/operating.md',
    );
  } catch (err) {
    logger.warn({ err }, 'Postgres could not be asked whether row-level security guards the requests');
  }
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
