import { Command, Option } from 'commander';
import { createProgressLine } from '../report/progress-line.js';
import type { ChangeFilter } from '../upload/changes.js';
import { type ApiOptions, addApiOptions, openApi } from './api-options.js';
import { type CommandContext, writeJson } from './context.js';
import { addExamples } from './examples.js';
import { addJsonOption, type JsonOption } from './json-option.js';
import { nameList, nonBlank, uploadId, wholeNumber } from './option-parsers.js';
import { SHOWN_CHANGES, showChanges } from './review.js';

interface ChangesOptions extends ChangeFilter, ApiOptions, JsonOption {}

const ID = '019aaf00-0000-7000-8000-000000000000';
const kinds = ['created', 'changed', 'unchanged', 'removed', 'missing'];
const types = ['backer', 'product', 'pledge', 'survey'];

/** `changes <upload>`: what an upload would change, or has changed. */
export function changesCommand(context: CommandContext): Command {
  const command = new Command('changes')
    .description('show what an upload would change, or has changed, field by field')
    .argument('<upload>', 'id of the upload', uploadId)
    .addOption(
      new Option('--kind <names>', `${kinds.join(', ')} (default: all but unchanged)`).argParser(
        nameList(kinds),
      ),
    )
    .addOption(new Option('--type <names>', types.join(', ')).argParser(nameList(types)))
    .option(
      '--field <names>',
      'only of these fields, such as email,items (address is all of it); what is created or removed counts where it has a value in one',
      nonBlank,
    )
    .option('--limit <n>', 'how many changes', wholeNumber(1, 100_000), SHOWN_CHANGES)
    .action((id: string, options: ChangesOptions) => changes(id, options, context));
  addApiOptions(addJsonOption(command, 'print the totals and the changes as one JSON document'));
  return addExamples(command, [
    [`pnpm cli changes ${ID}`, 'before it is applied, or after'],
    [`pnpm cli changes ${ID} --kind changed --field address`, 'who has moved'],
    [`pnpm cli changes ${ID} --kind missing --limit 1000`, 'pledges that the file does not have'],
  ]);
}

async function changes(id: string, options: ChangesOptions, context: CommandContext): Promise<void> {
  const { kind, type, field, limit } = options;
  const api = openApi(options, context.env);
  const progress = createProgressLine(context.stderr);
  const filter = {
    ...(kind !== undefined && { kind }),
    ...(type !== undefined && { type }),
    ...(field !== undefined && { field }),
    limit,
  };
  try {
    const shown = await showChanges(api, id, filter, options, context, progress);
    if (options.json) writeJson(context, shown);
  } finally {
    progress.end();
  }
}
