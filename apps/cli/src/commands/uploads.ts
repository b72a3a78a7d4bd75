import type { Schemas } from '@pledgeline/client/node';
import { Command } from 'commander';
import { addApiOptions } from './api-options.js';
import type { CommandContext } from './context.js';
import { addExamples } from './examples.js';
import { addJsonOption } from './json-option.js';
import { nonBlank, statusList, uploadId, wholeNumber } from './option-parsers.js';
import {
  deleteUpload,
  type ListOptions,
  listUploads,
  moveUpload,
  renameUpload,
  showUpload,
  type UploadOptions,
} from './upload-actions.js';

const statuses = [
  'PENDING',
  'PROCESSING',
  'COMPLETED',
  'FAILED',
  'NEEDS_MAPPING',
  'NEEDS_REVIEW',
  'CANCELED',
  'UNDOING',
  'UNDONE',
  'REMAPPING',
] as const satisfies readonly Schemas['UploadStatus'][];

const ID = '019aaf00-0000-7000-8000-000000000000';

/** `uploads`: what was sent, what became of it, and how a mistake in it is repaired. */
export function uploadsCommand(context: CommandContext): Command {
  const uploads = new Command('uploads').description('list, show and repair uploads');
  const add = (name: string, json = 'print the upload as JSON', isDefault = false): Command =>
    addApiOptions(addJsonOption(uploads.command(name, { isDefault }), json));

  const list = add('list', 'print each upload as a JSON document in a line', true)
    .description('list the latest uploads, or print the report of one')
    .argument('[upload]', 'id of the upload to show', uploadId)
    .option('--campaign <name>', 'to list: name or id of their campaign', nonBlank)
    .option('--status <names>', `to list: ${statuses.join(', ').toLowerCase()}`, statusList(statuses))
    .option('--platform <names>', 'to list: the platform of all their files', nonBlank)
    .option('--limit <n>', 'how many to list, newest first', wholeNumber(1, 1_000_000), 20)
    .action((id: string | undefined, options: ListOptions, self: Command) => {
      if (id === undefined) return listUploads(options, context);
      refuseListOptions(options, self);
      return showUpload(id, options, context);
    });
  addExamples(list, [
    ['pnpm cli uploads list --campaign Lanterns --status failed,needs_mapping', 'what waits for you'],
    ['pnpm cli uploads list --limit 1000 --json', 'for a program'],
  ]);

  const rename = add('rename')
    .description('give one another name')
    .argument('<upload>', 'id of the upload', uploadId)
    .argument('<name>', 'its new name', nonBlank)
    .action((id: string, name: string, options: UploadOptions) => renameUpload(id, name, options, context));
  addExamples(rename, [[`pnpm cli uploads rename ${ID} may.csv`, 'at any time']]);

  const move = add('move')
    .description('import one into another campaign; only before its import begins')
    .argument('<upload>', 'id of the upload', uploadId)
    .argument('<campaign>', 'name or id of the other campaign; made if there is none', nonBlank)
    .action((id: string, to: string, options: UploadOptions) => moveUpload(id, to, options, context));
  addExamples(move, [[`pnpm cli uploads move ${ID} Lanterns`, 'while it waits']]);

  const remove = add('delete', 'print the id of the upload as JSON')
    .description('delete one that has ended, for ever; the records that it wrote stay')
    .argument('<upload>', 'id of the upload', uploadId)
    .option('--yes', 'really; without it, says what would be deleted', false)
    .action((id: string, options: UploadOptions & { readonly yes: boolean }) =>
      deleteUpload(id, options, context),
    );
  addExamples(remove, [[`pnpm cli uploads delete ${ID} --yes`, 'with its rejected rows']]);

  return addExamples(uploads, [
    ['pnpm cli uploads', 'the latest twenty'],
    [`pnpm cli uploads ${ID}`, 'what became of one'],
    ['pnpm cli uploads --campaign Lanterns --status failed', 'those of a campaign that failed'],
    [`pnpm cli uploads move ${ID} Lanterns`, 'when it was sent to the wrong campaign'],
  ]);
}

/** Refuses filters for one upload: they would have no effect. */
function refuseListOptions({ campaign, status, platform }: ListOptions, command: Command): void {
  const given = Object.entries({ campaign, status, platform }).find(([, value]) => value !== undefined);
  if (given !== undefined) command.error(`error: --${given[0]} is for a list; leave out the id.`);
}
