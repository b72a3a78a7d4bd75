import { join, parse } from 'node:path';
import { Command } from 'commander';
import { InterruptedError } from '../cli-error.js';
import { type HomeFolders, homeFolders, resolveUserPath, showPath } from '../paths.js';
import { createProgressLine, type ProgressLine } from '../report/progress-line.js';
import { writeSample } from '../sample/write-sample.js';
import { fileLogs } from '../stack/log-sink.js';
import { openBrowser } from '../stack/open-browser.js';
import { demoDatabaseName } from '../stack/stack-database.js';
import { type Stack, startStack } from '../stack/start-stack.js';
import { untilAborted } from '../stack/until-aborted.js';
import { connect } from '../upload/connect.js';
import { fileSize } from '../upload/file-size.js';
import { type Answers, type FileToSend, type ImportOutcome, importFile } from '../upload/import-file.js';
import type { ReadingHints } from '../upload/reading-hints.js';
import { saveRejected } from '../upload/save-rejected.js';
import { type CommandContext, writeJson } from './context.js';
import { addExamples } from './examples.js';
import { addJsonOption, type JsonOption } from './json-option.js';
import { nonBlank, wholeNumber } from './option-parsers.js';
import { addAnswerOptions, addReadingOptions } from './reading-options.js';
import { requireCompleted, showReport } from './show-outcome.js';

interface DemoOptions extends ReadingHints, Answers, JsonOption {
  readonly campaign: string;
  readonly rows: number;
  readonly keep: boolean;
  readonly open: boolean;
}

/** `demo [file]`: starts everything, imports a file, prints the report, and stops everything. */
export function demoCommand(context: CommandContext): Command {
  const json = 'print the upload and its issues as JSON';
  const command = new Command('demo')
    .description('start everything on this machine, import a file (or a generated one), print a report, stop')
    .argument('[file]', 'an export as it is; without it a Kickstarter report of invented people')
    .option('--campaign <name>', 'campaign to import into', nonBlank, 'Demo')
    .option('--rows <n>', 'rows of the generated file', wholeNumber(1, 5_000_000), 5_000)
    .option('--keep', 'keep the database of this run', false)
    .option('--open', 'open the report in a browser, and stop only at Ctrl-C', false)
    .action((file: string | undefined, options: DemoOptions, self: Command) => {
      if (file === undefined) refuseHints(options, self);
      return runDemo(file, options, context);
    });
  return addExamples(addAnswerOptions(addReadingOptions(addJsonOption(command, json))), [
    ['pnpm demo', 'five thousand invented pledges'],
    ['pnpm demo backers.csv --campaign Lanterns', 'a file of yours'],
    ['pnpm demo --open', 'and look at it in the page'],
  ]);
}

/** Refuses reading options for the generated file: read in another way it would be rejected for no visible reason. */
function refuseHints(options: DemoOptions, command: Command): void {
  const { encoding, delimiter, sheet, dateOrder, headerLine, repair, accept, people } = options;
  const hints = {
    '--encoding': encoding,
    '--delimiter': delimiter,
    '--sheet': sheet,
    '--date-order': dateOrder,
    '--header-line': headerLine,
    '--no-repair': repair === false ? repair : undefined,
    '--accept': accept,
    '--people': people,
  };
  const given = Object.entries(hints).find(([, hint]) => hint !== undefined);
  if (given !== undefined) command.error(`error: ${given[0]} is for a file of yours; name the file.`);
}

async function runDemo(
  file: string | undefined,
  options: DemoOptions,
  context: CommandContext,
): Promise<void> {
  const { env, signal, stderr } = context;
  const { rows, keep, open, json, ...wanted } = options;
  const folders = homeFolders(env);
  const database = demoDatabaseName(new Date(), { keep });
  const progress = createProgressLine(stderr);
  try {
    const path =
      file === undefined ? join(folders.samples, `kickstarter-${rows}.csv`) : resolveUserPath(file, env);
    if (file === undefined) {
      progress.step(`Writing a Kickstarter export of ${rows} invented pledges`);
      await writeSample(path, { rows }, signal);
    }
    // Checked first, so that nothing is started in vain.
    await fileSize(path);
    const stack = await startStack({
      dataFolder: folders.postgres,
      database,
      isScratch: !keep,
      mustKeep: keep,
      merchant: 'Demo',
      // Its own queue, whatever REDIS_URL is set to: on a shared one, workers of other databases would take its jobs.
      redisUrl: undefined,
      logs: await fileLogs(folders.logs, `${database}.`),
      signal,
      onStep: progress.step,
    });
    const { outcome, rejected } = await importInto(stack, { ...wanted, path, open }, folders, progress);
    if (json) writeJson(context, { file: path, ...outcome, rejected });
    const place = whereTheDataIs({ path, database, keep, stack, folders });
    if (!json) showReport(outcome, { place, correct: howToCorrect(outcome, rejected) }, context);
    requireCompleted(outcome);
  } finally {
    progress.end();
  }
}

interface Imported {
  readonly outcome: ImportOutcome;
  /** The file with the rejected rows; null if there is none. */
  readonly rejected: string | null;
}

/** Imports the file, shows it if asked to, and stops everything, so that nothing keeps running while the user reads the report. */
async function importInto(
  stack: Stack,
  { open, ...file }: FileToSend & Pick<DemoOptions, 'open'>,
  folders: HomeFolders,
  progress: ProgressLine,
): Promise<Imported> {
  try {
    if (!stack.isKept) progress.note('Another Pledgeline has the usual data folder: this run uses its own.');
    const api = connect(stack);
    const { signal } = stack;
    const outcome = await importFile(api, file, { onProgress: progress.show, signal });
    const to = join(folders.rejected, `${parse(file.path).name}.csv`);
    const rejected = await saveRejected(api, outcome.upload, to, signal);
    if (open) await showPage(stack, outcome, progress);
    return { outcome, rejected };
  } finally {
    progress.end();
    await stack.stop();
  }
}

/** Shows the report in the page until Ctrl-C. */
async function showPage(stack: Stack, { upload }: ImportOutcome, progress: ProgressLine): Promise<void> {
  const url = await stack.signInUrl(`/uploads/${upload.id}`);
  progress.note(`The report is at ${url}`);
  progress.note('The link signs you in once, within ten minutes. Ctrl-C stops everything.');
  openBrowser(url);
  try {
    await untilAborted(stack.signal);
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
  }
}

/** The rejected rows are saved, because the database of a demo does not stay. */
function howToCorrect({ upload }: ImportOutcome, rejected: string | null): readonly string[] {
  if (rejected === null) return [];
  return [
    `They are in ${showPath(rejected)}, each with its reasons. From an API that keeps running, this command gets them:`,
    `pnpm cli rejected ${upload.id} --out rejected.csv`,
  ];
}

interface Run {
  readonly path: string;
  readonly database: string;
  readonly keep: boolean;
  readonly stack: Stack;
  readonly folders: HomeFolders;
}

function whereTheDataIs({ path, database, keep, stack, folders }: Run): readonly string[] {
  const lines = [
    `File: ${showPath(path)}`,
    `Logs: ${showPath(join(folders.logs, database))}.api.log and .worker.log`,
  ];
  if (keep) {
    return [
      ...lines,
      `Database: "${database}" in the Postgres data folder ${showPath(stack.dataFolder)}.`,
      "Run `pnpm dev` to start that Postgres again; put this database's name at the end of its address.",
    ];
  }
  return [...lines, 'Database: removed, so that every run starts anew; --keep keeps it.'];
}
