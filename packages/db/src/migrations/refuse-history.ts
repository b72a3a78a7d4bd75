import { MigrationError } from './migration-error.js';
import { hasChecksum, type Migration } from './migration-files.js';
import type { MigrationRow } from './migration-history.js';

/**
 * Refuses a history that does not match the files: a migration that never ended, or a file that was changed after it was
 * applied. Migrations without a file here belong to a newer release and are ignored.
 *
 * @throws MigrationError
 */
export function refuseHistory(rows: readonly MigrationRow[], migrations: readonly Migration[]): void {
  const files = new Map(migrations.map(({ name, sql }) => [name, sql]));
  const unfinished = rows.find(({ name, finishedAt }) => finishedAt === null && files.has(name));
  if (unfinished !== undefined) throw unresolved(unfinished);
  const edited = rows.filter(({ name, checksum }) => {
    const sql = files.get(name);
    return sql !== undefined && !hasChecksum(sql, checksum);
  });
  if (edited.length === 0) return;
  const paths = edited.map(({ name }) => `${name}/migration.sql`).join(', ');
  throw new MigrationError(
    'MIGRATION_EDITED',
    `Changed after this database had applied it: ${paths}. Restore the file and put the change into a new migration.`,
  );
}

/** The error about a half-done migration that a person has to resolve. */
export function unresolved(
  { name, startedAt, logs }: Pick<MigrationRow, 'name' | 'startedAt' | 'logs'>,
  cause?: unknown,
): MigrationError {
  return new MigrationError(
    'MIGRATION_UNRESOLVED',
    [
      `Migration ${name} was begun at ${startedAt.toISOString()} and did not end${logs ? `: ${logs.trim()}` : '.'}`,
      'Remove what it left behind; then let it run again with',
      `  UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = '${name}' AND finished_at IS NULL;`,
      `or, when all of it is there, with finished_at in the place of rolled_back_at (\`prisma migrate resolve\` does the same).`,
    ].join('\n'),
    { cause },
  );
}
