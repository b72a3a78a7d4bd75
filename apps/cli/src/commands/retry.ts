import { Command } from 'commander';
import { createProgressLine } from '../report/progress-line.js';
import { type ApiOptions, addApiOptions, openApi } from './api-options.js';
import { type CommandContext, writeJson } from './context.js';
import { addExamples } from './examples.js';
import { followAndReport } from './follow.js';
import { addJsonOption, type JsonOption } from './json-option.js';
import { uploadId } from './option-parsers.js';

interface RetryOptions extends ApiOptions, JsonOption {
  readonly wait: boolean;
}

/** `retry <upload>`: tries the failed part of an import again. */
export function retryCommand(context: CommandContext): Command {
  const command = new Command('retry')
    .description('try what failed of an import again, watch it, print a report')
    .argument('<upload>', 'id of the upload', uploadId)
    .option('--no-wait', 'do not watch it')
    .action((id: string, options: RetryOptions) => retry(id, options, context));
  addApiOptions(addJsonOption(command, 'print the upload as JSON'));
  return addExamples(command, [
    ['pnpm cli retry 019aaf00-0000-7000-8000-000000000000', 'as `pnpm cli uploads` shows it'],
  ]);
}

async function retry(id: string, options: RetryOptions, context: CommandContext): Promise<void> {
  const { env, signal, stderr } = context;
  const api = openApi(options, env);
  const started = await api.post('/v1/uploads/{id}/retry', { path: { id }, signal });
  if (!options.wait) {
    if (options.json) writeJson(context, started);
    else stderr.write(`The import runs again. Ask later: pnpm cli uploads ${id}\n`);
    return;
  }
  const progress = createProgressLine(stderr);
  try {
    await followAndReport(api, id, options, context, progress);
  } finally {
    progress.end();
  }
}
