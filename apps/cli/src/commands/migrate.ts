import { applyMigrations } from '@pledgeline/db';
import { Command } from 'commander';
import { databaseUrl } from '../with-database.js';
import { type CommandContext, writeJson } from './context.js';
import { addExamples } from './examples.js';
import { addJsonOption, type JsonOption } from './json-option.js';

/** `migrate`: brings the schema of DATABASE_URL up to date. */
export function migrateCommand(context: CommandContext): Command {
  const { env, stdout, stderr, signal } = context;
  const command = new Command('migrate')
    .description('apply the migrations that the database of DATABASE_URL does not have yet')
    .action(async ({ json }: JsonOption) => {
      const notify = (line: string): void => void (json ? stderr : stdout).write(`${line}\n`);
      const { applied, unknown } = await applyMigrations({
        connectionString: databaseUrl(env),
        signal,
        notify,
      });
      if (json) writeJson(context, { applied, unknown });
      if (applied.length === 0) notify('Nothing to apply.');
      // This is usual while a newer release is rolled out or back, so it must not fail the deploy.
      if (unknown.length > 0) {
        notify(`The database has migrations of a newer release, which are left alone: ${unknown.join(', ')}`);
      }
    });
  return addExamples(addJsonOption(command, 'print what was applied as JSON'), [
    ['DATABASE_URL=postgresql://… pnpm cli migrate', 'before the new programs start'],
  ]);
}
