import { basename } from 'node:path';
import { ProblemError } from '@pledgeline/client/node';
import { Command } from 'commander';
import { CliError, exitCodes } from '../cli-error.js';
import { explainProblem } from '../explain-problem.js';
import { resolveUserPath } from '../paths.js';
import { isReadable, renderInspection } from '../report/render-inspection.js';
import { fileSize } from '../upload/file-size.js';
import { hintsQuery, type ReadingHints } from '../upload/reading-hints.js';
import { type ApiOptions, addApiOptions, openApi } from './api-options.js';
import { type CommandContext, stdoutStyle, writeJson } from './context.js';
import { addExamples } from './examples.js';
import { addJsonOption, type JsonOption } from './json-option.js';
import { addReadingOptions } from './reading-options.js';

interface InspectOptions extends ReadingHints, ApiOptions, JsonOption {}

/** `inspect <file>`: what a file would become; nothing is stored. */
export function inspectCommand(context: CommandContext): Command {
  const command = new Command('inspect')
    .description('show what a file would become, by its first rows; stores nothing')
    .argument('<file>', 'an export as it is: CSV or a workbook, also as gzip or zip')
    .action((file: string, options: InspectOptions) => inspect(file, options, context));
  addApiOptions(addReadingOptions(addJsonOption(command, 'print the inspection as JSON')));
  return addExamples(command, [
    ['pnpm cli inspect backers.csv', 'its platform, columns and first issues'],
    ['pnpm cli inspect backers.csv --date-order dmy', 'the same, if 03/04/2024 is 3 April'],
  ]);
}

async function inspect(file: string, options: InspectOptions, context: CommandContext): Promise<void> {
  const { env, signal, stdout } = context;
  const path = resolveUserPath(file, env);
  const api = openApi(options, env);
  await fileSize(path);
  const inspection = await api.inspectFile({ path }, { ...hintsQuery(options), signal }).catch((error) => {
    throw error instanceof ProblemError ? explainProblem(error, 'The file cannot be imported') : error;
  });
  if (options.json) writeJson(context, inspection);
  else stdout.write(renderInspection(inspection, basename(path), stdoutStyle(context)));
  if (inspection.files.every(isReadable)) return;
  throw new CliError('Not all of it can be imported as it is.', { exitCode: exitCodes.incomplete });
}
