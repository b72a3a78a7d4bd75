import { correctLines } from '../report/correct-lines.js';
import type { ProgressLine } from '../report/progress-line.js';
import type { Api } from '../upload/connect.js';
import { followImport, type ImportOutcome } from '../upload/import-file.js';
import { type ApiOptions, apiAddress } from './api-options.js';
import { type CommandContext, writeJson } from './context.js';
import type { JsonOption } from './json-option.js';
import { requireWhole, showReport } from './show-outcome.js';

/**
 * Watches an import that runs again, and prints its report, or its upload as JSON.
 *
 * @throws CliError when it did not complete, or left something to do
 */
export async function followAndReport(
  api: Api,
  id: string,
  options: ApiOptions & JsonOption,
  context: CommandContext,
  progress: ProgressLine,
): Promise<ImportOutcome> {
  const { env, signal } = context;
  const outcome = await followImport(api, id, { onProgress: progress.show, signal });
  progress.end();
  if (options.json) writeJson(context, outcome.upload);
  else {
    const { url } = apiAddress(options, env);
    const correct = correctLines(outcome.upload, options.url);
    showReport(outcome, { place: [`${url}/v1/uploads/${id}`], correct }, context);
  }
  requireWhole(outcome);
  return outcome;
}
