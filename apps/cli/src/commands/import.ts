import { Command } from 'commander';
import { CliError } from '../cli-error.js';
import { resolveUserPath } from '../paths.js';
import { createProgressLine } from '../report/progress-line.js';
import { createApiClient } from '../upload/api-client.js';
import { importFile } from '../upload/import-file.js';
import type { CommandContext } from './context.js';
import { httpAddress, nonBlank, platformName } from './option-parsers.js';
import { requireCompleted, showOutcome } from './show-outcome.js';

interface ImportOptions {
  readonly campaign: string;
  readonly url?: string;
  readonly key?: string;
  readonly platform?: string;
  readonly json: boolean;
}

const LOCAL_API = 'http://127.0.0.1:3000';

/** `import <file>`: a file into any running Pledgeline, over HTTP. */
export function importCommand(context: CommandContext): Command {
  return new Command('import')
    .description('send a file to a running API, watch the import, print a report')
    .argument('<file>', 'a CSV export')
    .requiredOption('--campaign <name>', 'campaign to import into; made if there is none', nonBlank)
    .option('--url <url>', `of the API (default: PLEDGELINE_URL, else ${LOCAL_API})`, httpAddress)
    .option('--key <key>', 'bearer key (default: PLEDGELINE_KEY, which no list of processes shows)', nonBlank)
    .option('--platform <name>', 'where the file comes from; without it, it is detected', platformName)
    .option('--json', 'print the upload and its issues as JSON', false)
    .action((file: string, options: ImportOptions) => runImport(file, options, context));
}

async function runImport(file: string, options: ImportOptions, context: CommandContext): Promise<void> {
  const { env, signal, stdout, stderr } = context;
  const key = options.key ?? env.PLEDGELINE_KEY;
  if (key === undefined) {
    throw new CliError('There is no API key.', {
      hint: 'Give one with --key or PLEDGELINE_KEY. `pnpm cli keys create --merchant NAME` makes one.',
    });
  }
  const url = options.url ?? env.PLEDGELINE_URL ?? LOCAL_API;
  const progress = createProgressLine(stderr);
  try {
    const { campaign, platform } = options;
    const wanted = { path: resolveUserPath(file, env), campaign, platform };
    const outcome = await importFile(createApiClient({ url, key }), wanted, progress.show, signal);
    progress.end();
    if (options.json) {
      stdout.write(`${JSON.stringify(outcome, null, 2)}\n`);
      requireCompleted(outcome);
    } else {
      showOutcome(outcome, [`${url}/v1/uploads/${outcome.upload.id}`], context);
    }
  } finally {
    progress.end();
  }
}
