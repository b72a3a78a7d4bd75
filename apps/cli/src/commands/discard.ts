import { Command } from 'commander';
import { type ApiOptions, addApiOptions, openApi } from './api-options.js';
import { type CommandContext, writeJson } from './context.js';
import { addExamples } from './examples.js';
import { addJsonOption, type JsonOption } from './json-option.js';
import { uploadId } from './option-parsers.js';
import { named } from './upload-actions.js';

/** `discard <upload>`: gives up what was reviewed. */
export function discardCommand(context: CommandContext): Command {
  const command = new Command('discard')
    .description('give up what an upload would change; nothing of it is written')
    .argument('<upload>', 'id of the upload', uploadId)
    .action((id: string, options: ApiOptions & JsonOption) => discard(id, options, context));
  addApiOptions(addJsonOption(command, 'print the upload as JSON'));
  return addExamples(command, [
    ['pnpm cli discard 019aaf00-0000-7000-8000-000000000000', 'after `pnpm cli import --review`'],
  ]);
}

async function discard(id: string, options: ApiOptions & JsonOption, context: CommandContext): Promise<void> {
  const { env, signal, stdout } = context;
  const upload = await openApi(options, env).post('/v1/uploads/{id}/discard', { path: { id }, signal });
  if (options.json) return writeJson(context, upload);
  stdout.write(
    upload.status === 'CANCELED'
      ? `The upload ${named(upload)} is canceled; nothing of it was imported.\n`
      : `The other columns of ${named(upload)} are discarded; it is what it was.\n`,
  );
}
