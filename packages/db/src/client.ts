import { type FaultPoints, noFaults } from '@pledgeline/fault-points';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/prisma/client.js';
import { poolTypes } from './pool-types.js';

/** The two doors to one pool of connections: Prisma for single rows, `pool` for set-based SQL. */
export interface Database {
  readonly prisma: PrismaClient;
  readonly pool: pg.Pool;
  /** Where tests break the process; in production it does nothing. */
  readonly faultPoint: FaultPoints;
  /** Waits for what is running, then closes every connection. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly connectionString: string;
  /** Of the whole process, Prisma's included. */
  readonly maxConnections: number;
  /** Postgres cancels a statement that takes longer. Without it: no limit. */
  readonly statementTimeoutMs?: number;
  /** Postgres cancels a statement that waits longer for a lock. Without it: no limit. */
  readonly lockTimeoutMs?: number;
  /** Postgres ends a transaction that says nothing for so long; `statementTimeoutMs` by default. */
  readonly idleTransactionTimeoutMs?: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string;
  /** Faults that a test has ordered. */
  readonly faultPoint?: FaultPoints;
}

/** How long a caller waits for a connection before the error says so: a full pool must not hang for ever. */
const CONNECTION_PATIENCE_MS = 30_000;

/** Opens nothing yet: the first query does. A lost connection is replaced by the next query. */
export function createDatabase(options: DatabaseOptions): Database {
  const { statementTimeoutMs, lockTimeoutMs, applicationName } = options;
  const { idleTransactionTimeoutMs = statementTimeoutMs } = options;
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.maxConnections,
    connectionTimeoutMillis: CONNECTION_PATIENCE_MS,
    keepAlive: true,
    types: poolTypes,
    // A process that freezes in a transaction would keep its locks, and whoever takes over its work waits for them.
    ...(idleTransactionTimeoutMs === undefined
      ? {}
      : { idle_in_transaction_session_timeout: idleTransactionTimeoutMs }),
    ...(statementTimeoutMs === undefined ? {} : { statement_timeout: statementTimeoutMs }),
    ...(lockTimeoutMs === undefined ? {} : { lock_timeout: lockTimeoutMs }),
    ...(applicationName === undefined ? {} : { application_name: applicationName }),
  });
  // An 'error' event without a listener ends the process. Idle clients report through the pool, but one
  // that is lent out and between two queries reports to nobody. Whoever holds it finds out with its next query.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    prisma,
    pool,
    faultPoint: options.faultPoint ?? noFaults,
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
