import { basename } from 'node:path';
import { ProblemError, type SentUpload } from '@pledgeline/client/node';
import { Command } from 'commander';
import { CliError, exitCodes } from '../cli-error.js';
import { resolveUserPath } from '../paths.js';
import { correctLines } from '../report/correct-lines.js';
import { nameList } from '../report/name-list.js';
import { createProgressLine, type ProgressLine } from '../report/progress-line.js';
import { type FileResult, renderFileResults } from '../report/render-file-results.js';
import { printable } from '../report/text.js';
import type { Api } from '../upload/connect.js';
import { fileSize } from '../upload/file-size.js';
import { type Answers, type FileToSend, followImport, importFile } from '../upload/import-file.js';
import type { ReadingHints } from '../upload/reading-hints.js';
import { type ApiOptions, addApiOptions, apiAddress, openApi } from './api-options.js';
import { type CommandContext, stdoutStyle, writeJson } from './context.js';
import { addExamples } from './examples.js';
import { addJsonOption } from './json-option.js';
import { nonBlank } from './option-parsers.js';
import { addAnswerOptions, addReadingOptions } from './reading-options.js';
import { type ReviewOptions, review } from './review.js';
import { requireWhole, showReport } from './show-outcome.js';

interface ImportOptions extends ReadingHints, Answers, ApiOptions, ReviewOptions {
  readonly campaign: string;
  readonly force: boolean;
  readonly complete: boolean;
  readonly review: boolean;
}

/** `import <files>`: imports files into any running Pledgeline, one after the other. */
export function importCommand(context: CommandContext): Command {
  const command = new Command('import')
    .description('send files to a running API, watch their import, print a report of each')
    .argument('<files...>', 'exports as they are: CSV or workbooks, also as gzip or zip')
    .requiredOption('--campaign <name>', 'campaign to import into; made if there is none', nonBlank)
    .option('--force', 'import a file though the campaign has the same content already', false)
    .option(
      '--complete',
      'the file is the whole campaign: pledges that it does not name become GONE, and no units are counted for them',
      false,
    )
    .option('--review', 'show first what would change, and ask whether to apply it', false)
    .option('--yes', 'with --review: apply it without asking', false)
    .action((files: readonly string[], options: ImportOptions) => runImport(files, options, context));
  addJsonOption(
    command,
    'print a JSON document in each line: the upload of a file and its issues, or the error',
  );
  addApiOptions(addAnswerOptions(addReadingOptions(command)));
  return addExamples(command, [
    ['pnpm cli import backers.csv --campaign Lanterns', 'one file'],
    ['pnpm cli import may.csv june.zip --campaign Lanterns', 'two, and a summary at the end'],
    ['pnpm cli import shop.csv --campaign Lanterns --accept', 'with what is suggested for its columns'],
    ['pnpm cli import backers.csv --campaign Lanterns --review', 'see what would change, and decide'],
    ['pnpm cli import backers.csv --campaign Lanterns --json > outcome.json', 'for a program'],
  ]);
}

async function runImport(
  files: readonly string[],
  options: ImportOptions,
  context: CommandContext,
): Promise<void> {
  const { env, stderr } = context;
  const { key: _key, url: _url, json: _json, yes, ...wanted } = options;
  if (yes && !options.review) {
    throw new CliError('--yes is for --review.', { exitCode: exitCodes.usage });
  }
  if (options.complete && files.length > 1) {
    throw new CliError('Each of several files would be taken for the whole campaign.', {
      hint: 'Pack the files that are it together into one zip, and send that with --complete.',
      exitCode: exitCodes.usage,
    });
  }
  const api = openApi(options, env);
  const paths = files.map((file) => resolveUserPath(file, env));
  // Checked first, so that nothing is sent when one is missing.
  for (const path of paths) await fileSize(path);
  const progress = createProgressLine(stderr);
  const results: FileResult[] = [];
  for (const [at, path] of paths.entries()) {
    if (paths.length > 1) progress.note(`File ${at + 1} of ${paths.length}: ${printable(files[at] ?? path)}`);
    const result = await importOne(api, { ...wanted, path }, options, progress, context);
    results.push(result);
    show(result, options, context);
  }
  if (paths.length > 1 && !options.json) {
    context.stdout.write(`\n${renderFileResults(results, stdoutStyle(context))}`);
  }
  requireAll(results);
}

const DUPLICATE =
  'The campaign has this content already. This is the report of its upload; nothing was imported again. Import it once more with --force.';

/** Imports one file. What is refused because of the file itself is a result; anything else would be so for the next one, too. */
async function importOne(
  api: Api,
  file: FileToSend,
  options: ImportOptions,
  progress: ProgressLine,
  context: CommandContext,
): Promise<FileResult> {
  const watcher = { onProgress: progress.show, signal: context.signal };
  const onSent = ({ duplicateOf, warnings }: SentUpload): void => {
    if (duplicateOf !== undefined) progress.note(DUPLICATE);
    // Said before the import has ended, because it may be canceled.
    for (const { message } of warnings) progress.note(`Careful: ${printable(message)}`);
  };
  try {
    const outcome = await importFile(api, file, { ...watcher, onSent });
    const { id, status } = outcome.upload;
    if (status !== 'NEEDS_REVIEW') return { path: file.path, outcome };
    const { changes, isApplied } = await review(api, id, options, context, progress);
    if (!isApplied) return { path: file.path, outcome, review: changes };
    const { isDuplicate, answered } = outcome;
    const applied = await followImport(api, id, watcher);
    return { path: file.path, outcome: { ...applied, isDuplicate, answered }, review: changes };
  } catch (error) {
    if (!(error instanceof CliError && error.cause instanceof ProblemError)) throw error;
    if (![400, 409, 413, 415, 422].includes(error.cause.status)) throw error;
    return { path: file.path, error };
  } finally {
    progress.end();
  }
}

function show(result: FileResult, options: ImportOptions, context: CommandContext): void {
  if (options.json) {
    const { error, ...rest } = result;
    const problem = error?.cause instanceof ProblemError ? error.cause : null;
    writeJson(context, {
      file: result.path,
      ...rest.outcome,
      ...(rest.review !== undefined && { review: rest.review }),
      ...(error !== undefined && { error: { code: problem?.code, message: error.message } }),
    });
  } else if (result.outcome !== undefined && result.outcome.upload.status !== 'NEEDS_REVIEW') {
    const { upload } = result.outcome;
    const { url } = apiAddress(options, context.env);
    showReport(
      result.outcome,
      { place: [`${url}/v1/uploads/${upload.id}`], correct: correctLines(upload, options.url) },
      context,
    );
  }
}

/** @throws the error of the only file, or one that names the files that were not imported or left something to do */
function requireAll(results: readonly FileResult[]): void {
  const errors = results.flatMap((result) => {
    const error = result.error ?? leftover(result);
    return error === null ? [] : [{ error, name: basename(result.path) }];
  });
  const [first] = errors;
  if (first === undefined) return;
  if (results.length === 1) throw first.error;
  const failed = errors.filter(({ error }) => error.exitCode !== exitCodes.incomplete);
  if (failed.length === 0) {
    const names = nameList(errors.map(({ name }) => name));
    throw new CliError(`Not all rows were imported of ${names}.`, { exitCode: exitCodes.incomplete });
  }
  throw new CliError(
    `${failed.length} of ${results.length} files were not imported: ${nameList(failed.map(({ name }) => name))}.`,
    {
      hint: failed
        .flatMap(({ error, name }) => [`${printable(name)}: ${error.message}`, error.hint ?? []].flat())
        .join('\n'),
    },
  );
}

/** What an import has left to do, as an error; null if nothing. */
function leftover({ outcome }: FileResult): CliError | null {
  try {
    if (outcome !== undefined) requireWhole(outcome);
    return null;
  } catch (error) {
    if (error instanceof CliError) return error;
    throw error;
  }
}
