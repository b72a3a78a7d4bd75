import { readFile } from 'node:fs/promises';
import { columnAssignmentSchema } from '@pledgeline/csv-core/map';
import { Command, Option } from 'commander';
import { z } from 'zod';
import { CliError, exitCodes } from '../cli-error.js';
import { resolveUserPath } from '../paths.js';
import { createProgressLine } from '../report/progress-line.js';
import { printable } from '../report/text.js';
import { type ApiOptions, addApiOptions, openApi } from './api-options.js';
import type { CommandContext } from './context.js';
import { addExamples } from './examples.js';
import { followAndReport } from './follow.js';
import { addJsonOption } from './json-option.js';
import { nonBlank, platformName, uploadId } from './option-parsers.js';
import { type ReviewOptions, review } from './review.js';
import { stillWaits } from './show-outcome.js';

interface RemapOptions extends ApiOptions, ReviewOptions {
  readonly columns?: string;
  readonly platform?: string;
  readonly accept?: true;
  readonly review: boolean;
}

const ID = '019aaf00-0000-7000-8000-000000000000';

/** `remap <upload>`: reads the rows of an upload again, with other columns. */
export function remapCommand(context: CommandContext): Command {
  const command = new Command('remap')
    .description(
      'read the rows of an upload again, with other columns, as if they had been these from the start',
    )
    .argument('<upload>', 'id of the upload', uploadId)
    .option(
      '--columns <file>',
      'JSON: [{ "position": 0, "as": "email" }, …], or { "files": [{ "file": 0, "columns": […] }, …] }',
      nonBlank,
    )
    .option('--platform <name>', 'where its files come from; not given, as before', platformName)
    .addOption(new Option('--accept', 'take what is suggested for each column').conflicts('columns'))
    .option('--review', 'show first what would change, and ask whether to apply it', false)
    .option('--yes', 'with --review: apply it without asking', false)
    .action((id: string, options: RemapOptions) => remap(id, options, context));
  addApiOptions(addJsonOption(command, 'print the upload as JSON, once it is imported again'));
  return addExamples(command, [
    [`pnpm cli remap ${ID} --columns columns.json --review`, 'the columns were wrong'],
    [`pnpm cli remap ${ID} --review`, 'as this release reads its platform'],
  ]);
}

async function remap(id: string, options: RemapOptions, context: CommandContext): Promise<void> {
  const { env, signal, stderr } = context;
  const { platform, accept, review: isReviewed } = options;
  if (options.yes && !isReviewed) {
    throw new CliError('--yes is for --review.', { exitCode: exitCodes.usage });
  }
  const said = options.columns === undefined ? {} : await readColumns(resolveUserPath(options.columns, env));
  const api = openApi(options, env);
  const progress = createProgressLine(stderr);
  try {
    const body = {
      ...said,
      ...(platform !== undefined && { platform }),
      ...(accept !== undefined && { accept }),
      review: isReviewed,
    };
    const before = await api.post('/v1/uploads/{id}/remap', { path: { id }, body, signal });
    if (isReviewed) {
      const { isApplied } = await review(api, id, options, context, progress);
      if (!isApplied) throw stillWaits({ id });
    }
    const { upload } = await followAndReport(api, id, options, context, progress);
    const { draft, finishedAt } = upload;
    if (draft?.status !== 'FAILED' && finishedAt !== before.finishedAt) return;
    throw new CliError(`${printable(draft?.error ?? 'It was given up.')} The columns are those of before.`, {
      hint: 'Try it once more. If it happens again, look in the log of the worker.',
    });
  } finally {
    progress.end();
  }
}

const columnsSchema = z.array(columnAssignmentSchema).min(1);
const mappingSchema = z.union([
  columnsSchema.transform((columns) => ({ columns })),
  z.strictObject({ columns: columnsSchema }),
  z.strictObject({
    files: z
      .array(
        z.strictObject({ file: z.int().min(0), platform: z.string().optional(), columns: columnsSchema }),
      )
      .min(1),
  }),
]);

/** What a file says of columns. @throws CliError */
async function readColumns(path: string): Promise<z.output<typeof mappingSchema>> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new CliError(`There is no readable file ${path}.`, { exitCode: exitCodes.usage, cause });
  });
  try {
    return mappingSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new CliError(`${path} does not say what the columns are.`, {
      hint: 'It must be JSON such as [{ "position": 0, "as": "externalId" }, { "position": 1, "as": "email" }].',
      exitCode: exitCodes.usage,
      cause,
    });
  }
}
