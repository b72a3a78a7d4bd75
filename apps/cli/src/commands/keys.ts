import { createApiKey } from '@pledgeline/db';
import { Command } from 'commander';
import type { CommandContext } from './context.js';
import { nonBlank } from './option-parsers.js';
import { databaseUrl, withDatabase } from './with-database.js';

/** `keys create`: creates a bearer key, the first thing that a new merchant needs. */
export function keysCommand(context: CommandContext): Command {
  const keys = new Command('keys').description('bearer keys of the API');
  keys
    .command('create')
    .description('make a key; it is printed once and only its hash is kept')
    .requiredOption('--merchant <name>', 'whose key; made if there is none of that name', nonBlank)
    .option('--name <name>', 'to tell keys apart', nonBlank, 'cli')
    .action((options: { readonly merchant: string; readonly name: string }) => createKey(options, context));
  return keys;
}

async function createKey(
  { merchant, name }: { readonly merchant: string; readonly name: string },
  { env, stdout, stderr }: CommandContext,
): Promise<void> {
  const { key } = await withDatabase(databaseUrl(env), (db) => createApiKey(db, merchant, name));
  stderr.write(`Key "${name}" of merchant "${merchant}". Keep it safe: it cannot be shown again.\n`);
  // Only the key goes to stdout, so that KEY=$(…) works.
  stdout.write(`${key}\n`);
}
