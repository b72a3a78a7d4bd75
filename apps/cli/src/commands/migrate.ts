import { applyMigrations } from '@pledgeline/db';
import { Command } from 'commander';
import type { CommandContext } from './context.js';
import { databaseUrl } from './with-database.js';

/** `migrate`: brings the tables of DATABASE_URL up to date. */
export function migrateCommand({ env, stdout }: CommandContext): Command {
  return new Command('migrate')
    .description('apply the migrations that the database of DATABASE_URL does not have yet')
    .action(async () => {
      const applied = await applyMigrations({ connectionString: databaseUrl(env) });
      const lines = applied.length === 0 ? ['Nothing to apply.'] : applied.map((name) => `Applied ${name}`);
      stdout.write(`${lines.join('\n')}\n`);
    });
}
