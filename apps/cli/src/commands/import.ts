import { Command } from 'commander';
import { resolveUserPath } from '../paths.js';
import { createProgressLine } from '../report/progress-line.js';
import { type Answers, createApiClient, type ReadingHints } from '../upload/api-client.js';
import { importFile } from '../upload/import-file.js';
import { type ApiOptions, addApiOptions, apiAddress } from './api-options.js';
import type { CommandContext } from './context.js';
import { nonBlank } from './option-parsers.js';
import { addReadingOptions } from './reading-options.js';
import { requireCompleted, showOutcome } from './show-outcome.js';

interface ImportOptions extends ReadingHints, Answers, ApiOptions {
  readonly campaign: string;
  readonly force: boolean;
  readonly json: boolean;
}

/** `import <file>`: imports a file into any running Pledgeline, over HTTP. */
export function importCommand(context: CommandContext): Command {
  const command = new Command('import')
    .description('send a file to a running API, watch the import, print a report')
    .argument('<file>', 'an export as it is: CSV or a workbook, also as gzip or zip')
    .requiredOption('--campaign <name>', 'campaign to import into; made if there is none', nonBlank)
    .option('--force', 'import the file though the campaign has the same content already', false)
    .option('--json', 'print the upload and its issues as JSON', false)
    .action((file: string, options: ImportOptions) => runImport(file, options, context));
  return addReadingOptions(addApiOptions(command));
}

async function runImport(file: string, options: ImportOptions, context: CommandContext): Promise<void> {
  const { env, signal, stdout, stderr } = context;
  const { key: _key, url: _url, json, ...wanted } = options;
  const address = apiAddress(options, env);
  const progress = createProgressLine(stderr);
  try {
    const toSend = { ...wanted, path: resolveUserPath(file, env) };
    const outcome = await importFile(createApiClient(address), toSend, progress.show, signal);
    progress.end();
    if (outcome.isDuplicate) {
      progress.note(
        'The campaign has this content already. This is the report of its upload; nothing was imported again. Import it once more with --force.',
      );
    }
    if (json) {
      stdout.write(`${JSON.stringify(outcome, null, 2)}\n`);
      requireCompleted(outcome);
    } else {
      showOutcome(outcome, [`${address.url}/v1/uploads/${outcome.upload.id}`], context);
    }
  } finally {
    progress.end();
  }
}
