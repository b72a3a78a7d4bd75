import { join, relative } from 'node:path';
import { Command } from 'commander';
import { logsFolder, repositoryRoot, resolveUserPath, samplesFolder } from '../paths.js';
import { createProgressLine, type ProgressLine } from '../report/progress-line.js';
import { writeSample } from '../sample/write-sample.js';
import { fileLogs } from '../stack/log-sink.js';
import { demoDatabaseName } from '../stack/stack-database.js';
import { type Stack, startStack } from '../stack/start-stack.js';
import { createApiClient } from '../upload/api-client.js';
import { type ImportOutcome, importFile } from '../upload/import-file.js';
import type { CommandContext } from './context.js';
import { nonBlank, platformName, wholeNumber } from './option-parsers.js';
import { showOutcome } from './show-outcome.js';

interface DemoOptions {
  readonly campaign: string;
  readonly rows: number;
  readonly platform?: string;
  readonly keep: boolean;
}

/** `demo [file]`: everything from nothing to a report, then gone. */
export function demoCommand(context: CommandContext): Command {
  return new Command('demo')
    .description('start everything on this machine, import a file (or a generated one), print a report, stop')
    .argument('[file]', 'a CSV export; without it a Kickstarter report of invented people')
    .option('--campaign <name>', 'campaign to import into', nonBlank, 'Demo')
    .option('--rows <n>', 'rows of the generated file', wholeNumber(1, 100_000_000), 5_000)
    .option('--platform <name>', 'where the file comes from; without it, it is detected', platformName)
    .option('--keep', 'keep the database of this run', false)
    .action((file: string | undefined, options: DemoOptions) => runDemo(file, options, context));
}

async function runDemo(
  file: string | undefined,
  options: DemoOptions,
  context: CommandContext,
): Promise<void> {
  const { signal, stderr } = context;
  const progress = createProgressLine(stderr);
  const database = demoDatabaseName(new Date(), options);
  try {
    const path =
      file === undefined
        ? await makeSample(options.rows, progress, signal)
        : resolveUserPath(file, context.env);
    const stack = await startStack({
      database,
      isScratch: !options.keep,
      mustKeep: options.keep,
      merchant: 'Demo',
      // Its own queue, whatever REDIS_URL says: on a shared one, workers of other databases would take its jobs.
      redisUrl: undefined,
      logs: await fileLogs(logsFolder, `${database}.`),
      signal,
      onStep: progress.step,
    });
    let outcome: ImportOutcome;
    try {
      const api = createApiClient(stack);
      outcome = await importFile(api, { path, ...options }, progress.show, stack.signal);
    } finally {
      progress.end();
      await stack.stop();
    }
    showOutcome(outcome, whereTheDataIs(path, database, options.keep, stack), context);
  } finally {
    progress.end();
  }
}

async function makeSample(rows: number, progress: ProgressLine, signal: AbortSignal): Promise<string> {
  const path = join(samplesFolder, `kickstarter-${rows}.csv`);
  progress.step(`Writing a Kickstarter export of ${rows} invented pledges`);
  await writeSample(path, { rows }, signal);
  return path;
}

function whereTheDataIs(path: string, database: string, isKept: boolean, stack: Stack): readonly string[] {
  const log = relative(repositoryRoot, logsFolder);
  const lines = [`File: ${relative(repositoryRoot, path)}`, `Logs: ${log}/${database}.{api,worker}.log`];
  if (!isKept) return [...lines, 'Database: removed, so that every run starts anew; --keep keeps it.'];
  return [
    ...lines,
    `Database: "${database}" in the Postgres data folder ${stack.dataFolder}.`,
    "Run `pnpm dev` to start that Postgres again; it prints an address: put this database's name at its end.",
  ];
}
