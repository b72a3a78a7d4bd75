import { keyScopes } from '@pledgeline/db';
import { Command, Option } from 'commander';
import type { KeyRing } from '../keys/key-ring.js';
import { keysInDatabase } from '../keys/keys-in-database.js';
import { keysOverHttp } from '../keys/keys-over-http.js';
import { databaseUrl } from '../with-database.js';
import { type ApiOptions, apiOptions, openApi } from './api-options.js';
import type { CommandContext } from './context.js';
import { addExamples } from './examples.js';
import { addJsonOption, type JsonOption } from './json-option.js';
import { createKey, listAllKeys, type NewKeyOptions, revokeOne, rotateOne } from './key-actions.js';
import { futureTime, keyId, nonBlank, wholeNumber } from './option-parsers.js';

const MAX_OVERLAP_HOURS = 168;
const ID = '019aaf00-0000-7000-8000-000000000000';

/** Whose keys, and where they are. */
interface OwnerOptions extends ApiOptions {
  readonly merchant?: string;
}

/** `keys`: makes, lists, rotates and revokes bearer keys; over HTTP, or for operators in the database itself. */
export function keysCommand(context: CommandContext): Command {
  const keys = new Command('keys').description('bearer keys of the API');
  const ring = (options: OwnerOptions): KeyRing => openRing(options, context);
  const key = 'id of the key, as `keys list` shows it';

  const create = addOwnerOptions(keys.command('create'), 'print the key, with its secret, as JSON')
    .description('make a key; it is printed once and only its hash is kept')
    .option('--name <name>', 'to tell keys apart', nonBlank, 'cli')
    .addOption(
      new Option('--scope <scope>', 'what it may do; each scope includes those before it')
        .choices(keyScopes)
        .default('admin'),
    )
    .option('--expires <time>', 'until when it is valid, such as 2027-11-23; by default for ever', futureTime)
    .action((options: OwnerOptions & NewKeyOptions) => createKey(ring(options), options, context));
  addExamples(create, [
    ['pnpm cli keys create --name shop --scope read', 'another key of yours, over HTTP'],
    ['pnpm cli keys create --merchant "Ada Games"', 'for operators: in the database of DATABASE_URL'],
  ]);

  const list = addOwnerOptions(keys.command('list'), 'print each key as a JSON document in a line')
    .description('show all keys, newest first')
    .action((options: OwnerOptions & JsonOption) => listAllKeys(ring(options), options, context));
  addExamples(list, [['pnpm cli keys list', 'with their last use and their end']]);

  const overlap = wholeNumber(0, MAX_OVERLAP_HOURS);
  const rotate = addOwnerOptions(keys.command('rotate'), 'print the key, with its new secret, as JSON')
    .description('make a new secret for a key; it is printed once')
    .argument('<key>', key, keyId)
    .option('--overlap-hours <hours>', 'how long the previous secret stays valid', overlap, 24)
    .action((id: string, options: OwnerOptions & JsonOption & { readonly overlapHours: number }) =>
      rotateOne(ring(options), id, options, context),
    );
  addExamples(rotate, [[`pnpm cli keys rotate ${ID} --overlap-hours 0`, 'when the secret was seen']]);

  const revoke = addOwnerOptions(keys.command('revoke'), 'print the id of the key as JSON')
    .description('end a key for ever')
    .argument('<key>', key, keyId)
    .action((id: string, options: OwnerOptions & JsonOption) =>
      revokeOne(ring(options), id, options, context),
    );
  addExamples(revoke, [[`pnpm cli keys revoke ${ID}`, 'as `keys list` shows it']]);

  return addExamples(keys, [
    ['pnpm cli keys create --name shop --scope write', 'another key of yours, over HTTP'],
    ['pnpm cli keys list', 'your keys, with their last use'],
    ['pnpm cli keys create --merchant "Ada Games"', 'for operators: in the database of DATABASE_URL'],
  ]);
}

function addOwnerOptions(command: Command, json: string): Command {
  command.addOption(
    new Option(
      '--merchant <name>',
      'for operators: whose keys, in the database of DATABASE_URL (default: yours, over HTTP)',
    )
      .argParser(nonBlank)
      .conflicts(['url', 'key']),
  );
  for (const option of apiOptions()) command.addOption(option);
  return addJsonOption(command, json);
}

function openRing({ merchant, ...api }: OwnerOptions, { env, signal }: CommandContext): KeyRing {
  return merchant === undefined
    ? keysOverHttp(openApi(api, env), signal)
    : keysInDatabase(databaseUrl(env), merchant);
}
