import { Command, Option } from 'commander';
import { resolveUserPath } from '../paths.js';
import { writeDownload } from '../upload/write-download.js';
import { type ApiOptions, addApiOptions, openApi } from './api-options.js';
import { type CommandContext, writeJson } from './context.js';
import { addExamples } from './examples.js';
import { fileNumber, nonBlank, uploadId } from './option-parsers.js';

interface RejectedOptions extends ApiOptions {
  readonly file?: number;
  readonly out?: string;
  readonly json?: boolean;
}

/** `rejected <upload>`: the rejected rows as CSV, to be corrected and imported again. */
export function rejectedCommand(context: CommandContext): Command {
  const command = new Command('rejected')
    .description('write the rejected rows of an upload as CSV: correct them, and import that file again')
    .argument('<upload>', 'id of the upload', uploadId)
    .option('--file <number>', 'of several files with rejected rows: its number, from 0', fileNumber)
    .option('--out <file>', 'write to this file, which appears when it is whole (default: print)', nonBlank)
    .addOption(
      new Option('--json', 'instead, print why rows were rejected: one JSON document in each line').conflicts(
        ['file', 'out'],
      ),
    )
    .action((id: string, options: RejectedOptions) =>
      options.json === true ? writeReasons(id, options, context) : writeRejected(id, options, context),
    );
  return addExamples(addApiOptions(command), [
    ['pnpm cli rejected 019aaf00-0000-7000-8000-000000000000 --out rejected.csv', 'correct the rows in it,'],
    ['pnpm cli import rejected.csv --campaign Lanterns', 'and import it again'],
  ]);
}

async function writeRejected(id: string, options: RejectedOptions, context: CommandContext): Promise<void> {
  const { env, signal, stdout } = context;
  const { file, out } = options;
  const target = out === undefined ? { stream: stdout } : { path: resolveUserPath(out, env) };
  const query = file === undefined ? {} : { file };
  const download = await openApi(options, env).download('/v1/uploads/{id}/rejected.csv', {
    path: { id },
    query,
    signal,
  });
  await writeDownload(download, target, signal);
}

async function writeReasons(id: string, options: RejectedOptions, context: CommandContext): Promise<void> {
  const { env, signal } = context;
  const input = { path: { id }, query: { severity: 'error' }, signal } as const;
  for await (const issue of openApi(options, env).entries('/v1/uploads/{id}/issues', input)) {
    writeJson(context, issue);
  }
}
