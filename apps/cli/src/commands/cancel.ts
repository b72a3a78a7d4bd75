import { Command } from 'commander';
import { formatCount } from '../report/numbers.js';
import { type ApiOptions, addApiOptions, openApi } from './api-options.js';
import { type CommandContext, writeJson } from './context.js';
import { addExamples } from './examples.js';
import { addJsonOption, type JsonOption } from './json-option.js';
import { uploadId } from './option-parsers.js';

/** `cancel <upload>`: ends an import; what it has imported stays. */
export function cancelCommand(context: CommandContext): Command {
  const command = new Command('cancel')
    .description('end an import; rows that are imported by then stay')
    .argument('<upload>', 'id of the upload', uploadId)
    .action((id: string, options: ApiOptions & JsonOption) => cancel(id, options, context));
  addApiOptions(addJsonOption(command, 'print the upload as JSON'));
  return addExamples(command, [
    ['pnpm cli cancel 019aaf00-0000-7000-8000-000000000000', 'as `pnpm cli uploads` shows it'],
  ]);
}

async function cancel(id: string, options: ApiOptions & JsonOption, context: CommandContext): Promise<void> {
  const { env, signal, stdout } = context;
  const upload = await openApi(options, env).post('/v1/uploads/{id}/cancel', { path: { id }, signal });
  if (options.json) return writeJson(context, upload);
  const { imported, open } = upload.rows;
  stdout.write(
    `The import is canceled: ${formatCount(imported)} rows were imported before and stay, ${formatCount(open)} are not processed.\n`,
  );
}
