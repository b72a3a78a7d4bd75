import { CliError } from '../cli-error.js';
import { nameList } from '../report/name-list.js';
import { renderReport } from '../report/render-report.js';
import { styleFor } from '../report/style.js';
import type { Upload } from '../upload/answers.js';
import { isUnrecognized } from '../upload/file-answer.js';
import type { ImportOutcome } from '../upload/import-file.js';
import type { CommandContext } from './context.js';

/** Prints the report. @throws CliError when the import did not complete, so that scripts see it by the exit code */
export function showOutcome(outcome: ImportOutcome, place: readonly string[], context: CommandContext): void {
  const style = styleFor(context.stdout, { noColor: context.env.NO_COLOR !== undefined });
  context.stdout.write(`\n${renderReport(outcome, place, style)}`);
  requireCompleted(outcome);
}

/** @throws CliError when the import did not complete */
export function requireCompleted({ upload }: ImportOutcome): void {
  const { status, failure } = upload;
  if (status === 'COMPLETED') return;
  if (status === 'NEEDS_MAPPING') {
    throw columnsUnknown(upload);
  }
  const reason = failure === null ? '' : ` ${failure.code}: ${failure.message}`;
  throw new CliError(`The import ended as ${status}.${reason}`);
}

function columnsUnknown({ files }: Upload): CliError {
  const names = files.length > 1 ? files.filter(isUnrecognized).flatMap(({ name }) => name ?? []) : [];
  if (names.length === 0) {
    return new CliError('The file was not imported: its columns are not those of a known platform.', {
      hint: 'If what is suggested is right, accept it with --accept, or say with --people that nobody has pledged. Else name the platform with --platform, or rename the columns.',
    });
  }
  return new CliError(
    `Nothing was imported: the columns of ${nameList(names)} are not those of a known platform.`,
    { hint: 'Name the platform with --platform, rename the columns, or send the other files alone.' },
  );
}
