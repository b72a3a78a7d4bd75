import { applyMigrations } from '@pledgeline/db';
import { Command } from 'commander';
import { databaseUrl } from '../with-database.js';
import type { CommandContext } from './context.js';
import { addExamples } from './examples.js';

/** `migrate`: brings the schema of DATABASE_URL up to date. */
export function migrateCommand({ env, stdout, signal }: CommandContext): Command {
  const command = new Command('migrate')
    .description('apply the migrations that the database of DATABASE_URL does not have yet')
    .action(async () => {
      const notify = (line: string): void => void stdout.write(`${line}\n`);
      const { applied, unknown } = await applyMigrations({
        connectionString: databaseUrl(env),
        signal,
        notify,
      });
      if (applied.length === 0) notify('Nothing to apply.');
      // This is usual while a newer release is rolled out or back, so it must not fail the deploy.
      if (unknown.length > 0) {
        notify(`The database has migrations of a newer release, which are left alone: ${unknown.join(', ')}`);
      }
    });
  return addExamples(command, [
    ['DATABASE_URL=postgresql://… pnpm cli migrate', 'before the new programs start'],
  ]);
}
