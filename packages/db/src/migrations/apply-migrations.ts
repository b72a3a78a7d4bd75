import { buildWall } from '../wall/build-wall.js';
import { defaultMigrationsFolder, readMigrations } from './migration-files.js';
import { openHistory } from './migration-history.js';
import { withMigrationLock } from './migration-lock.js';
import { refuseHistory } from './refuse-history.js';
import { runMigration } from './run-migration.js';

export interface MigrateOptions {
  readonly connectionString: string;
  /** By default the nearest `prisma/migrations` at or above this module. */
  readonly migrationsFolder?: string;
  /** How long a migration may wait for a lock, with others queueing behind it, before it rolls back and lets them pass. Default 2 s. */
  readonly lockTimeoutMs?: number;
  /** How long it keeps trying in total. Default 5 minutes. */
  readonly patienceMs?: number;
  /** Aborted to stop before the next migration, or the next attempt at one. */
  readonly signal?: AbortSignal;
  /** Called with messages for people about what happens. */
  readonly notify?: (message: string) => void;
}

export interface MigrateOutcome {
  /** The migrations that this call applied. */
  readonly applied: readonly string[];
  /** Migrations of the database that have no file here: a newer release has applied them. */
  readonly unknown: readonly string[];
}

const NO_WALL =
  'This user of Postgres may not make roles, so row-level security does not guard the requests of the API. See "Row-level security" in docs/operating.md.';

/**
 * Brings the database up to date, with the bookkeeping of `prisma migrate deploy`, so the two may take turns.
 * Any number of processes may call it at once: one applies, the others wait for it and find nothing to do.
 *
 * @throws MigrationError
 */
export async function applyMigrations({
  connectionString,
  migrationsFolder = defaultMigrationsFolder(),
  lockTimeoutMs = 2_000,
  patienceMs = 300_000,
  signal,
  notify = () => undefined,
}: MigrateOptions): Promise<MigrateOutcome> {
  const migrations = await readMigrations(migrationsFolder);
  const onWait = () => notify('Another process migrates this database; waiting for it.');
  return withMigrationLock({ connectionString, signal, onWait }, async (session) => {
    const { table, rows } = await openHistory(session);
    refuseHistory(rows, migrations);
    const known = new Set(rows.map(({ name }) => name));
    const pending = migrations.filter(({ name }) => !known.has(name));
    for (const migration of pending) {
      signal?.throwIfAborted();
      // Throws when the connection, and with it the lock, is lost.
      await session.query('SELECT');
      await runMigration(migration, {
        connectionString,
        table,
        lockTimeoutMs,
        patienceMs,
        signal,
        notify,
      });
      notify(`Applied ${migration.name}`);
    }
    if (!(await buildWall(session))) notify(NO_WALL);
    const files = new Set(migrations.map(({ name }) => name));
    return {
      applied: pending.map(({ name }) => name),
      unknown: [...known].filter((name) => !files.has(name)),
    };
  });
}
