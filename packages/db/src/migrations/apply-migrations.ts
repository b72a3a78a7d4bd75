import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import { MigrationError } from './migration-error.js';
import { defaultMigrationsFolder, readMigrations } from './migration-files.js';
import { withSchemaEngine } from './schema-engine.js';

/** No table or enum is someone else's. */
const NO_FILTERS = { externalTables: [], externalEnums: [] };

/**
 * Brings the database up to date and answers the names of the migrations that were applied now. The same
 * as `prisma migrate deploy`, same bookkeeping included, so the two may take turns. Any number of processes
 * may call it at once: one applies, the others wait for it and find nothing to do.
 */
export async function applyMigrations(options: {
  readonly connectionString: string;
  /** By default the nearest `prisma/migrations` at or above this module. */
  readonly migrationsFolder?: string;
}): Promise<string[]> {
  const migrationsList = await readMigrations(options.migrationsFolder ?? defaultMigrationsFolder());
  return withMigrationLock(options.connectionString, () => migrate(options.connectionString, migrationsList));
}

function migrate(connectionString: string, migrationsList: MigrationList): Promise<string[]> {
  return withSchemaEngine(connectionString, async (engine) => {
    // Applying goes by names and would pass over a changed file in silence.
    await refuseEdited(engine, migrationsList);
    try {
      const applied = await engine.applyMigrations({ migrationsList, filters: NO_FILTERS });
      return applied.appliedMigrationNames;
    } catch (cause) {
      throw migrationFailure(cause);
    }
  });
}

/**
 * The engine has a lock of its own, shared with `prisma migrate deploy`, but waits only 10 s for it. We queue
 * before it without a limit: a second process must outwait a migration that takes minutes.
 */
async function withMigrationLock<T>(connectionString: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(`SELECT pg_advisory_lock(hashtext('pledgeline migrations'))`);
    return await work();
  } finally {
    // The end of the session releases the lock.
    await client.end();
  }
}

async function refuseEdited(engine: SchemaEngine, migrationsList: MigrationList): Promise<void> {
  const { editedMigrationNames } = await engine.diagnoseMigrationHistory({
    migrationsList,
    optInToShadowDatabase: false,
    filters: NO_FILTERS,
  });
  if (editedMigrationNames.length === 0) return;
  const edited = editedMigrationNames.join(', ');
  throw new MigrationError(
    'MIGRATION_EDITED',
    `Changed after this database had applied it: ${edited}. Restore the file and put the change into a new migration.`,
    { cause: editedMigrationNames },
  );
}

function migrationFailure(cause: unknown): MigrationError {
  // P3009: prisma's code for "an earlier attempt failed and nobody said what became of it".
  const isUnresolved = cause instanceof Error && 'code' in cause && cause.code === 'P3009';
  return isUnresolved
    ? new MigrationError(
        'MIGRATION_UNRESOLVED',
        'An earlier migration of this database failed. Repair it, then mark it with `prisma migrate resolve`.',
        { cause },
      )
    : new MigrationError('MIGRATION_FAILED', 'A migration failed; what it began was rolled back.', { cause });
}
