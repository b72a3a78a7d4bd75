import { Command } from 'commander';
import { correctLines } from '../report/correct-lines.js';
import { renderUploads } from '../report/render-uploads.js';
import { readOutcome } from '../upload/import-file.js';
import { type ApiOptions, addApiOptions, apiAddress, openApi } from './api-options.js';
import { type CommandContext, stdoutStyle, writeJson } from './context.js';
import { addExamples } from './examples.js';
import { addJsonOption, type JsonOption } from './json-option.js';
import { uploadId, wholeNumber } from './option-parsers.js';
import { showReport } from './show-outcome.js';
import { take } from './take.js';

interface UploadsOptions extends ApiOptions, JsonOption {
  readonly limit: number;
}

/** `uploads [upload]`: the latest uploads, or the report of one. */
export function uploadsCommand(context: CommandContext): Command {
  const command = new Command('uploads')
    .description('list the latest uploads, or print the report of one')
    .argument('[upload]', 'id of the upload to show', uploadId)
    .option('--limit <n>', 'how many to list, newest first', wholeNumber(1, 1_000_000), 20)
    .action((id: string | undefined, options: UploadsOptions) =>
      id === undefined ? listUploads(options, context) : showUpload(id, options, context),
    );
  addApiOptions(addJsonOption(command, 'print each upload as a JSON document in a line'));
  return addExamples(command, [
    ['pnpm cli uploads', 'the latest twenty'],
    ['pnpm cli uploads 019aaf00-0000-7000-8000-000000000000', 'what became of one'],
    ['pnpm cli uploads --limit 1000 --json', 'for a program'],
  ]);
}

async function listUploads(options: UploadsOptions, context: CommandContext): Promise<void> {
  const { env, signal, stdout } = context;
  const query = { limit: Math.min(options.limit, MAX_PAGE) };
  const all = openApi(options, env).entries('/v1/uploads', { query, signal });
  const uploads = await take(all, options.limit);
  if (options.json) for (const upload of uploads) writeJson(context, upload);
  else stdout.write(renderUploads(uploads, stdoutStyle(context)));
}

/** The longest page that the API gives. */
const MAX_PAGE = 200;

async function showUpload(id: string, options: UploadsOptions, context: CommandContext): Promise<void> {
  const { env, signal } = context;
  const api = openApi(options, env);
  const upload = await api.get('/v1/uploads/{id}', { path: { id }, signal });
  if (options.json) return writeJson(context, upload);
  const { url } = apiAddress(options, env);
  const outcome = await readOutcome(api, upload, signal);
  const surroundings = { place: [`${url}/v1/uploads/${id}`], correct: correctLines(upload, options.url) };
  showReport(outcome, surroundings, context);
}
