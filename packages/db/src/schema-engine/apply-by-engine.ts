import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readMigrations } from '../migrations/migration-files.js';
import { withSchemaEngine } from './schema-engine.js';

/** No table or enum belongs to another program. */
const NO_FILTERS = { externalTables: [], externalEnums: [] };

/** Runs what `prisma migrate deploy` runs, with Prisma's own engine. Tests compare `applyMigrations` with it. */
export async function applyByEngine(options: {
  readonly connectionString: string;
  readonly migrationsFolder: string;
}): Promise<readonly string[]> {
  const { connectionString, migrationsFolder } = options;
  const migrations = await readMigrations(migrationsFolder);
  const migrationsList = {
    baseDir: migrationsFolder,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(join(migrationsFolder, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
    })),
  };
  return withSchemaEngine(connectionString, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: NO_FILTERS });
    return appliedMigrationNames;
  });
}
