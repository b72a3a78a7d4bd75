import { Command } from 'commander';
import { createProgressLine } from '../report/progress-line.js';
import { type ApiOptions, addApiOptions, openApi } from './api-options.js';
import type { CommandContext } from './context.js';
import { addExamples } from './examples.js';
import { followAndReport } from './follow.js';
import { addJsonOption, type JsonOption } from './json-option.js';
import { uploadId } from './option-parsers.js';

/** `redo <upload>`: brings back an upload that was taken back. */
export function redoCommand(context: CommandContext): Command {
  const command = new Command('redo')
    .description('bring back an upload that was taken back, watch it, print a report')
    .argument('<upload>', 'id of the upload', uploadId)
    .action((id: string, options: ApiOptions & JsonOption) => redo(id, options, context));
  addApiOptions(addJsonOption(command, 'print the upload as JSON'));
  return addExamples(command, [
    ['pnpm cli redo 019aaf00-0000-7000-8000-000000000000', 'after `pnpm cli undo`'],
  ]);
}

async function redo(id: string, options: ApiOptions & JsonOption, context: CommandContext): Promise<void> {
  const { env, signal, stderr } = context;
  const api = openApi(options, env);
  const progress = createProgressLine(stderr);
  try {
    await api.post('/v1/uploads/{id}/redo', { path: { id }, signal });
    await followAndReport(api, id, options, context, progress);
  } finally {
    progress.end();
  }
}
