import { type UploadCheck, verifyUpload } from '@pledgeline/db';
import { Command } from 'commander';
import { CliError } from '../cli-error.js';
import { type Style, styleFor } from '../report/style.js';
import { printable } from '../report/text.js';
import type { CommandContext } from './context.js';
import { uploadId } from './option-parsers.js';
import { databaseUrl, withDatabase } from './with-database.js';

/** `verify`: checks what must always be true of an upload. */
export function verifyCommand(context: CommandContext): Command {
  return new Command('verify')
    .description(
      'look in the tables of DATABASE_URL whether an upload and its records are whole; changes nothing',
    )
    .argument('<upload>', 'id of the upload', uploadId)
    .action((id: string) => verify(id, context));
}

async function verify(id: string, { env, stdout }: CommandContext): Promise<void> {
  const checks = await withDatabase(databaseUrl(env), (db) => verifyUpload(db, id));
  if (checks === null) {
    throw new CliError(`There is no upload ${id}.`, {
      hint: 'DATABASE_URL may name another database than the one it is in.',
    });
  }
  stdout.write(renderChecks(checks, styleFor(stdout, { noColor: env.NO_COLOR !== undefined })));
  const broken = checks.filter(({ holds }) => !holds);
  if (broken.length === 0) return;
  throw new CliError(`${broken.length} of ${checks.length} checks do not hold.`);
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
