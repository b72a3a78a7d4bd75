import { Argument, Command, Option } from 'commander';
import { resolveUserPath } from '../paths.js';
import { writeDownload } from '../upload/write-download.js';
import { type ApiOptions, addApiOptions, openApi } from './api-options.js';
import type { CommandContext } from './context.js';
import { addExamples } from './examples.js';
import { addJsonOption, type JsonOption } from './json-option.js';
import {
  addFilterOptions,
  type FilterOptions,
  filterQuery,
  type List,
  lists,
  refuseOtherFilters,
} from './list-filters.js';
import { nonBlank } from './option-parsers.js';

interface ExportOptions extends FilterOptions, ApiOptions, JsonOption {
  readonly campaign: string;
  readonly format: Format;
  readonly out?: string;
}

const formats = ['csv', 'ndjson'] as const;
type Format = (typeof formats)[number];

/** `export <list>`: the records of one kind, as they are at one moment. */
export function exportCommand(context: CommandContext): Command {
  const command = new Command('export')
    .description('write the records of a campaign that are of one kind, as they are at one moment')
    .addArgument(new Argument('<list>', 'what to write').choices(lists))
    .requiredOption('--campaign <name>', 'name or id of the campaign', nonBlank)
    .addOption(new Option('--format <format>', 'how to write it').choices(formats).default('csv'))
    .option('--out <file>', 'write to this file, which appears when it is whole (default: print)', nonBlank)
    .action((list: List, options: ExportOptions, self: Command) => {
      refuseOtherFilters(list, options, self);
      return writeList(list, options, context);
    });
  addJsonOption(
    addApiOptions(addFilterOptions(command)),
    'the same as --format ndjson: a JSON document in each line',
  );
  return addExamples(command, [
    ['pnpm cli export pledges --campaign Lanterns --out pledges.csv', 'all pledges, for a spreadsheet'],
    ['pnpm cli export backers --campaign Lanterns --json', 'all backers, for a program'],
    ['pnpm cli export pledges --campaign Lanterns --status collected --without-address', 'whom to ask'],
    ['pnpm cli export pledges --campaign Lanterns --updated-since 2027-11-23', 'what is new since then'],
  ]);
}

async function writeList(list: List, options: ExportOptions, context: CommandContext): Promise<void> {
  const { env, signal, stdout } = context;
  const { campaign, json, out } = options;
  const format = json ? 'ndjson' : options.format;
  const target = out === undefined ? { stream: stdout } : { path: resolveUserPath(out, env) };
  const download = await openApi(options, env).download(`/v1/${list}`, {
    query: { ...filterQuery(options), campaign, format },
    signal,
  });
  await writeDownload(download, target, signal);
}
