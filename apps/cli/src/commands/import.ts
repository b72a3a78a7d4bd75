import { Command } from 'commander';
import { CliError } from '../cli-error.js';
import { resolveUserPath } from '../paths.js';
import { createProgressLine } from '../report/progress-line.js';
import { type Answers, createApiClient, type ReadingHints } from '../upload/api-client.js';
import { importFile } from '../upload/import-file.js';
import type { CommandContext } from './context.js';
import { httpAddress, nonBlank } from './option-parsers.js';
import { addReadingOptions } from './reading-options.js';
import { requireCompleted, showOutcome } from './show-outcome.js';

interface ImportOptions extends ReadingHints, Answers {
  readonly campaign: string;
  readonly url?: string;
  readonly key?: string;
  readonly json: boolean;
}

const LOCAL_API = 'http://127.0.0.1:3000';

/** `import <file>`: imports a file into any running Pledgeline, over HTTP. */
export function importCommand(context: CommandContext): Command {
  const command = new Command('import')
    .description('send a file to a running API, watch the import, print a report')
    .argument('<file>', 'an export as it is: CSV or a workbook, also as gzip or zip')
    .requiredOption('--campaign <name>', 'campaign to import into; made if there is none', nonBlank)
    .option('--url <url>', `of the API (default: PLEDGELINE_URL, else ${LOCAL_API})`, httpAddress)
    .option('--key <key>', 'bearer key (default: PLEDGELINE_KEY, which no list of processes shows)', nonBlank)
    .option('--json', 'print the upload and its issues as JSON', false)
    .action((file: string, options: ImportOptions) => runImport(file, options, context));
  return addReadingOptions(command);
}

async function runImport(file: string, options: ImportOptions, context: CommandContext): Promise<void> {
  const { env, signal, stdout, stderr } = context;
  const { key = env.PLEDGELINE_KEY, url = env.PLEDGELINE_URL ?? LOCAL_API, json, ...wanted } = options;
  if (key === undefined) {
    throw new CliError('There is no API key.', {
      hint: 'Give one with --key or PLEDGELINE_KEY. `pnpm cli keys create --merchant NAME` makes one.',
    });
  }
  const progress = createProgressLine(stderr);
  try {
    const toSend = { ...wanted, path: resolveUserPath(file, env) };
    const outcome = await importFile(createApiClient({ url, key }), toSend, progress.show, signal);
    progress.end();
    if (json) {
      stdout.write(`${JSON.stringify(outcome, null, 2)}\n`);
      requireCompleted(outcome);
    } else {
      showOutcome(outcome, [`${url}/v1/uploads/${outcome.upload.id}`], context);
    }
  } finally {
    progress.end();
  }
}
