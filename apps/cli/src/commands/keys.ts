import { keyScopes } from '@pledgeline/db';
import { Command, Option } from 'commander';
import type { CommandContext } from './context.js';
import {
  createKey,
  listKeysOf,
  type MerchantOption,
  type NewKeyOptions,
  type RotationOptions,
  revokeOne,
  rotateOne,
} from './key-actions.js';
import { futureTime, keyId, nonBlank, wholeNumber } from './option-parsers.js';

const MAX_OVERLAP_HOURS = 168;

/**
 * `keys`: makes, lists, rotates and revokes bearer keys in the database itself. So an operator can help a merchant who has
 * lost all keys.
 */
export function keysCommand(context: CommandContext): Command {
  const keys = new Command('keys').description('bearer keys of the API');
  keys
    .command('create')
    .description('make a key; it is printed once and only its hash is kept')
    .requiredOption('--merchant <name>', 'whose key; made if there is none of that name', nonBlank)
    .option('--name <name>', 'to tell keys apart', nonBlank, 'cli')
    .addOption(
      new Option('--scope <scope>', 'what it may do; each scope includes those before it')
        .choices(keyScopes)
        .default('admin'),
    )
    .option('--expires <time>', 'until when it is valid, such as 2027-11-23; by default for ever', futureTime)
    .action((options: NewKeyOptions) => createKey(options, context));
  keys
    .command('list')
    .description('show the keys of a merchant, newest first')
    .requiredOption('--merchant <name>', 'whose keys', nonBlank)
    .action((options: MerchantOption) => listKeysOf(options, context));
  keys
    .command('rotate')
    .description('make a new secret for a key; it is printed once')
    .argument('<key>', 'id of the key, as `keys list` shows it', keyId)
    .requiredOption('--merchant <name>', 'whose key', nonBlank)
    .option(
      '--overlap-hours <hours>',
      'how long the previous secret stays valid',
      wholeNumber(0, MAX_OVERLAP_HOURS),
      24,
    )
    .action((id: string, options: RotationOptions) => rotateOne(id, options, context));
  keys
    .command('revoke')
    .description('end a key for ever')
    .argument('<key>', 'id of the key, as `keys list` shows it', keyId)
    .requiredOption('--merchant <name>', 'whose key', nonBlank)
    .action((id: string, options: MerchantOption) => revokeOne(id, options, context));
  return keys;
}
