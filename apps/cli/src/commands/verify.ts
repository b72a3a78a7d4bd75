import { type UploadCheck, verifyUpload } from '@pledgeline/db';
import { Command } from 'commander';
import { CliError, exitCodes } from '../cli-error.js';
import type { Style } from '../report/style.js';
import { printable } from '../report/text.js';
import { databaseUrl, withDatabase } from '../with-database.js';
import { type CommandContext, stdoutStyle, writeJson } from './context.js';
import { addExamples } from './examples.js';
import { addJsonOption, type JsonOption } from './json-option.js';
import { uploadId } from './option-parsers.js';

/** `verify`: checks what must always be true of an upload. */
export function verifyCommand(context: CommandContext): Command {
  const command = new Command('verify')
    .description(
      'look in the tables of DATABASE_URL whether an upload and its records are whole; changes nothing',
    )
    .argument('<upload>', 'id of the upload', uploadId)
    .action((id: string, options: JsonOption) => verify(id, options, context));
  return addExamples(addJsonOption(command, 'print the checks as JSON'), [
    ['pnpm cli verify 019aaf00-0000-7000-8000-000000000000', 'exit code 1 when a check does not hold'],
  ]);
}

async function verify(id: string, { json }: JsonOption, context: CommandContext): Promise<void> {
  const { env, stdout } = context;
  const checks = await withDatabase(databaseUrl(env), (db) => verifyUpload(db, id));
  if (checks === null) {
    throw new CliError(`There is no upload ${id}.`, {
      hint: 'DATABASE_URL may name another database than the one it is in.',
    });
  }
  if (json) writeJson(context, { upload: id, checks });
  else stdout.write(renderChecks(checks, stdoutStyle(context)));
  const broken = checks.filter(({ holds }) => !holds);
  if (broken.length === 0) return;
  throw new CliError(`${broken.length} of ${checks.length} checks do not hold.`, {
    exitCode: exitCodes.incomplete,
  });
}

/** Renders one line for each check. */
export function renderChecks(checks: readonly UploadCheck[], style: Style): string {
  const width = Math.max(...checks.map(({ check }) => check.length));
  const lines = checks.map(({ check, holds, detail }) => {
    const mark = holds ? style.good('✓') : style.bad('✗');
    return `${mark} ${check.padEnd(width)}  ${printable(detail)}\n`;
  });
  return lines.join('');
}
