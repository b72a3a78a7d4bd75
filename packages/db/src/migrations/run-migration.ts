import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { MigrationError } from './migration-error.js';
import { checksumOf, type Migration } from './migration-files.js';
import { openSession } from './open-session.js';
import { unresolved } from './refuse-history.js';

export interface RunOptions {
  readonly connectionString: string;
  /** The table of the history, quoted for SQL. */
  readonly table: string;
  /** How long one attempt may wait for a lock. Other users of the table queue behind it meanwhile. */
  readonly lockTimeoutMs: number;
  /** How long to keep trying, counted from the first attempt. */
  readonly patienceMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly notify: (message: string) => void;
}

/** lock_not_available and deadlock_detected: the same may well succeed when it is done again. */
const BLOCKED: ReadonlySet<unknown> = new Set(['55P03', '40P01']);
const LONGEST_PAUSE_MS = 10_000;

/**
 * Runs one migration and records it in the history, both in one transaction. A migration that cannot run in a transaction
 * must begin with a line `-- No transaction…` and must be a single statement.
 */
export async function runMigration(migration: Migration, options: RunOptions): Promise<void> {
  const begun = performance.now();
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await onFreshConnection(options, (client) => attemptMigration(client, migration, options));
    } catch (error) {
      if (!isBlocked(error)) throw error;
      const waitedMs = performance.now() - begun;
      if (waitedMs >= options.patienceMs) throw blocked(migration, waitedMs, error);
    }
    const oldest = await onFreshConnection(options, oldestTransaction);
    options.notify(`${migration.name} does not get its locks and tries again. ${oldest}`);
    await sleep(Math.min(500 * 2 ** attempt, LONGEST_PAUSE_MS));
    options.signal?.throwIfAborted();
  }
}

/** Each migration has a connection of its own, so that its session settings do not affect the next one. */
async function onFreshConnection<T>(
  { connectionString }: RunOptions,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = await openSession(connectionString);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function attemptMigration(
  client: pg.Client,
  migration: Migration,
  { table, lockTimeoutMs }: RunOptions,
): Promise<void> {
  const id = randomUUID();
  try {
    if (needsNoTransaction(migration)) {
      await recordStart(client, table, id, migration);
      await client.query(migration.sql);
      await recordEnd(client, table, id);
      return;
    }
    await client.query('BEGIN');
    await client.query(`SET LOCAL lock_timeout = ${lockTimeoutMs}`);
    // Recorded before the script runs: if the script holds a COMMIT of its own and fails, an unfinished row remains.
    await recordStart(client, table, id, migration);
    // Sent as a whole, without parameters: Postgres splits it into statements and knows strings and function bodies.
    await client.query(migration.sql);
    await recordEnd(client, table, id);
    await client.query('COMMIT');
  } catch (error) {
    throw await failure(error, { client, table, id, name: migration.name });
  }
}

function needsNoTransaction({ sql }: Migration): boolean {
  return /^-- no transaction\b/i.test(sql);
}

async function recordStart(
  client: pg.Client,
  table: string,
  id: string,
  { name, sql }: Migration,
): Promise<void> {
  await client.query(
    `INSERT INTO ${table} (id, checksum, migration_name, started_at) VALUES ($1, $2, $3, clock_timestamp())`,
    [id, checksumOf(sql), name],
  );
}

async function recordEnd(client: pg.Client, table: string, id: string): Promise<void> {
  const { rowCount } = await client.query(
    `UPDATE ${table} SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE id = $1`,
    [id],
  );
  if (rowCount !== 1) throw new Error('The file holds a ROLLBACK, which undid it.');
}

interface Attempt {
  readonly client: pg.Client;
  readonly table: string;
  readonly id: string;
  readonly name: string;
}

/** Rolls back and returns the error to throw: nothing is left of the migration, or a row that a person has to resolve. */
async function failure(error: unknown, attempt: Attempt): Promise<unknown> {
  const { name } = attempt;
  const logs = error instanceof Error ? error.message : String(error);
  try {
    const startedAt = await rollBack(attempt, logs);
    if (startedAt !== undefined) return unresolved({ name, startedAt, logs }, error);
  } catch {
    // The connection is lost. The next run finds the state in the database.
    return new MigrationError('MIGRATION_FAILED', `Migration ${name} was cut off. Migrate again.`, {
      cause: error,
    });
  }
  if (isBlocked(error)) return error;
  return new MigrationError(
    'MIGRATION_FAILED',
    `Migration ${name} failed and was rolled back as a whole: ${logs}`,
    {
      cause: error,
    },
  );
}

/** Rolls back. Returns the start time from the migration's row if that is still there: then a part of the migration may be, too. */
async function rollBack({ client, table, id }: Attempt, logs: string): Promise<Date | undefined> {
  await client.query('ROLLBACK');
  const { rows } = await client.query<{ startedAt: Date }>(
    `UPDATE ${table} SET logs = $2 WHERE id = $1 RETURNING started_at AS "startedAt"`,
    [id, logs],
  );
  return rows[0]?.startedAt;
}

function isBlocked(error: unknown): boolean {
  return error instanceof pg.DatabaseError && BLOCKED.has(error.code);
}

function blocked({ name }: Migration, waitedMs: number, cause: unknown): MigrationError {
  return new MigrationError(
    'MIGRATION_BLOCKED',
    `Migration ${name} did not get its locks in ${Math.round(waitedMs / 1_000)} seconds; nothing was changed. End the transaction that holds them and migrate again.`,
    { cause },
  );
}

async function oldestTransaction(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ text: string }>(
    `SELECT format('Oldest transaction: pid %s (%s, %s), since %s.', pid, coalesce(nullif(application_name, ''), 'no name'),
              state, to_char(xact_start, 'YYYY-MM-DD HH24:MI:SS TZ')) AS text
     FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
     ORDER BY xact_start LIMIT 1`,
  );
  return rows[0]?.text ?? '';
}
