import type { Schemas } from '@pledgeline/client/node';
import { CliError, exitCodes } from '../cli-error.js';
import { correctLines } from '../report/correct-lines.js';
import { formatCount } from '../report/numbers.js';
import { renderUploads } from '../report/render-uploads.js';
import { printable } from '../report/text.js';
import { readOutcome } from '../upload/import-file.js';
import { type ApiOptions, apiAddress, openApi } from './api-options.js';
import { type CommandContext, stdoutStyle, writeJson } from './context.js';
import type { JsonOption } from './json-option.js';
import { showReport } from './show-outcome.js';
import { take } from './take.js';

/** What every command about uploads takes. */
export interface UploadOptions extends ApiOptions, JsonOption {}

/** Which uploads to list. */
export interface ListOptions extends UploadOptions {
  readonly campaign?: string;
  readonly status?: string;
  readonly platform?: string;
  readonly limit: number;
}

/** The longest page that the API gives. */
const MAX_PAGE = 200;

/** Prints the latest uploads. */
export async function listUploads(options: ListOptions, context: CommandContext): Promise<void> {
  const { env, signal, stdout } = context;
  const { campaign, status, platform, limit } = options;
  const query = {
    ...(campaign !== undefined && { campaign }),
    ...(status !== undefined && { status }),
    ...(platform !== undefined && { platform }),
    limit: Math.min(limit, MAX_PAGE),
  };
  const all = openApi(options, env).entries('/v1/uploads', { query, signal });
  const uploads = await take(all, limit);
  if (options.json) for (const upload of uploads) writeJson(context, upload);
  else stdout.write(renderUploads(uploads, stdoutStyle(context)));
}

/** Prints the report of an upload. */
export async function showUpload(id: string, options: UploadOptions, context: CommandContext): Promise<void> {
  const { env, signal } = context;
  const api = openApi(options, env);
  const upload = await api.get('/v1/uploads/{id}', { path: { id }, signal });
  if (options.json) return writeJson(context, upload);
  const { url } = apiAddress(options, env);
  const outcome = await readOutcome(api, upload, signal);
  const surroundings = { place: [`${url}/v1/uploads/${id}`], correct: correctLines(upload, options.url) };
  showReport(outcome, surroundings, context);
}

/** Gives an upload another name. */
export async function renameUpload(
  id: string,
  filename: string,
  options: UploadOptions,
  context: CommandContext,
): Promise<void> {
  const upload = await change(id, { filename }, options, context);
  if (options.json) writeJson(context, upload);
  else context.stdout.write(`The upload is called ${named(upload)} now.\n`);
}

/** Moves an upload to another campaign, before its import begins. */
export async function moveUpload(
  id: string,
  campaign: string,
  options: UploadOptions,
  context: CommandContext,
): Promise<void> {
  const upload = await change(id, { campaign }, options, context);
  if (options.json) writeJson(context, upload);
  else {
    context.stdout.write(
      `The upload ${named(upload)} is imported into the campaign "${printable(upload.campaign)}" now.\n`,
    );
  }
}

/** Deletes an upload, or says what would be deleted. */
export async function deleteUpload(
  id: string,
  options: UploadOptions & { readonly yes: boolean },
  context: CommandContext,
): Promise<void> {
  const { env, signal, stdout } = context;
  const api = openApi(options, env);
  const upload = await api.get('/v1/uploads/{id}', { path: { id }, signal });
  if (!options.yes) {
    throw new CliError(
      `This deletes the upload ${named(upload)} with its ${formatCount(upload.rows.rejected)} rejected rows and its issues, for ever. The records that it wrote stay, and then its campaign can be merged no more.`,
      { hint: 'Add --yes to do it. Nothing was deleted.', exitCode: exitCodes.usage },
    );
  }
  await api.delete('/v1/uploads/{id}', { path: { id }, signal });
  if (options.json) writeJson(context, { id, deleted: true });
  else stdout.write(`The upload ${named(upload)} is deleted. The records that it wrote stay.\n`);
}

function change(
  id: string,
  body: { readonly filename?: string; readonly campaign?: string },
  options: UploadOptions,
  { env, signal }: CommandContext,
): Promise<Schemas['Upload']> {
  return openApi(options, env).patch('/v1/uploads/{id}', { path: { id }, body, signal });
}

/** What people call an upload, as a part of a sentence. */
export function named({ id, filename }: Pick<Schemas['Upload'], 'id' | 'filename'>): string {
  return filename === null ? id : `"${printable(filename)}"`;
}
