import { type FaultPoints, noFaults } from '@pledgeline/fault-points';
import pg from 'pg';
import { watchForCrashes } from './broken-connection.js';
import type { PrismaClient } from './generated/prisma/client.js';
import { latePrisma } from './late-prisma.js';
import { poolTypes } from './pool-types.js';

/** Two ways to use one pool of connections: Prisma for single rows, `pool` for set-based SQL. */
export interface Database {
  readonly prisma: PrismaClient;
  readonly pool: pg.Pool;
  /** Fault points of the tests; in production they do nothing. */
  readonly faultPoint: FaultPoints;
  /** Waits for what is running, then closes every connection. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly connectionString: string;
  /** Connections of this object, Prisma's included. */
  readonly maxConnections: number;
  /** Postgres cancels a statement that takes longer. Without it: no limit. */
  readonly statementTimeoutMs?: number;
  /** Postgres cancels a statement that waits longer for a lock. Without it: no limit. */
  readonly lockTimeoutMs?: number;
  /** Postgres ends a transaction that is idle for longer; `statementTimeoutMs` by default. */
  readonly idleTransactionTimeoutMs?: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string;
  /** Fault points of a test; by default they do nothing. */
  readonly faultPoint?: FaultPoints;
}

/** How long a caller waits for a connection before it gets an error: a full pool must not block for ever. */
const CONNECTION_TIMEOUT_MS = 30_000;

/** Opens no connection: the first query does. A lost connection is replaced at the next query. */
export function createDatabase(options: DatabaseOptions): Database {
  const { statementTimeoutMs, lockTimeoutMs, applicationName } = options;
  const { idleTransactionTimeoutMs = statementTimeoutMs } = options;
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.maxConnections,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    keepAlive: true,
    types: poolTypes,
    // A process that freezes in a transaction would keep its locks, and the process that takes over its work would wait for them.
    ...(idleTransactionTimeoutMs === undefined
      ? {}
      : { idle_in_transaction_session_timeout: idleTransactionTimeoutMs }),
    ...(statementTimeoutMs === undefined ? {} : { statement_timeout: statementTimeoutMs }),
    ...(lockTimeoutMs === undefined ? {} : { lock_timeout: lockTimeoutMs }),
    ...(applicationName === undefined ? {} : { application_name: applicationName }),
  });
  // An 'error' event without a listener ends the process. Errors of idle clients go to the pool. A client that is checked
  // out and between two queries has no listener; its user gets the error at the next query.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    watchForCrashes(client);
  });
  const prisma = latePrisma(pool);
  return {
    get prisma() {
      return prisma.client;
    },
    pool,
    faultPoint: options.faultPoint ?? noFaults,
    async close() {
      await prisma.close();
      await pool.end();
    },
  };
}
