import { Command } from 'commander';
import { resolveUserPath } from '../paths.js';
import { download } from '../upload/download.js';
import { type ApiOptions, addApiOptions, apiAddress } from './api-options.js';
import type { CommandContext } from './context.js';
import { fileNumber, nonBlank, uploadId } from './option-parsers.js';

interface RejectedOptions extends ApiOptions {
  readonly file?: number;
  readonly out?: string;
}

/** `rejected <upload>`: the rejected rows as CSV, to be corrected and imported again. */
export function rejectedCommand(context: CommandContext): Command {
  const command = new Command('rejected')
    .description('write the rejected rows of an upload as CSV: correct them, and import that file again')
    .argument('<upload>', 'id of the upload', uploadId)
    .option('--file <number>', 'of several files with rejected rows: its number, from 0', fileNumber)
    .option('--out <file>', 'write to this file (default: print)', nonBlank)
    .action((id: string, options: RejectedOptions) => writeRejected(id, options, context));
  return addApiOptions(command);
}

async function writeRejected(id: string, options: RejectedOptions, context: CommandContext): Promise<void> {
  const { env, signal, stdout } = context;
  const { file, out } = options;
  const query = file === undefined ? '' : `?file=${file}`;
  const target = { path: out === undefined ? undefined : resolveUserPath(out, env), stdout };
  await download(apiAddress(options, env), `/v1/uploads/${id}/rejected.csv${query}`, target, signal);
}
