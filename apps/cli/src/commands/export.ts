import { Argument, Command, Option } from 'commander';
import { resolveUserPath } from '../paths.js';
import { download } from '../upload/download.js';
import { type ApiOptions, addApiOptions, apiAddress } from './api-options.js';
import type { CommandContext } from './context.js';
import { nonBlank } from './option-parsers.js';

interface ExportOptions extends ApiOptions {
  readonly campaign: string;
  readonly format: string;
  readonly out?: string;
}

const lists = ['backers', 'pledges', 'products', 'surveys', 'inventory'];

/** `export <list>`: all records of one kind, as they are at one moment. */
export function exportCommand(context: CommandContext): Command {
  const command = new Command('export')
    .description('write all records of a campaign that are of one kind, as they are at one moment')
    .addArgument(new Argument('<list>', 'what to write').choices(lists))
    .requiredOption('--campaign <name>', 'name or id of the campaign', nonBlank)
    .addOption(new Option('--format <format>', 'how to write it').choices(['csv', 'ndjson']).default('csv'))
    .option('--out <file>', 'write to this file (default: print)', nonBlank)
    .action((list: string, options: ExportOptions) => writeList(list, options, context));
  return addApiOptions(command);
}

async function writeList(list: string, options: ExportOptions, context: CommandContext): Promise<void> {
  const { env, signal, stdout } = context;
  const { campaign, format, out } = options;
  const query = new URLSearchParams({ campaign, format });
  const target = { path: out === undefined ? undefined : resolveUserPath(out, env), stdout };
  await download(apiAddress(options, env), `/v1/${list}?${query}`, target, signal);
}
