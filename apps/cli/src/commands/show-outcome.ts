import { CliError, exitCodes } from '../cli-error.js';
import { nameList } from '../report/name-list.js';
import { formatCount } from '../report/numbers.js';
import { renderReport, type Surroundings } from '../report/render-report.js';
import { isAboutFiles, type Upload } from '../upload/answers.js';
import { isUnrecognized } from '../upload/file-answer.js';
import type { ImportOutcome } from '../upload/import-file.js';
import { type CommandContext, stdoutStyle } from './context.js';

/** Prints the report of an import. */
export function showReport(
  outcome: ImportOutcome,
  surroundings: Surroundings,
  context: CommandContext,
): void {
  context.stdout.write(`\n${renderReport(outcome, surroundings, stdoutStyle(context))}`);
}

/** @throws CliError when the import did not complete, or left something to do, so that scripts see it by the exit code */
export function requireWhole(outcome: ImportOutcome): void {
  requireCompleted(outcome);
  const { upload, issueGroups } = outcome;
  const { rejected, total } = upload.rows;
  if (rejected > 0) {
    throw new CliError(`${formatCount(rejected)} of ${formatCount(total)} rows were rejected.`, {
      exitCode: exitCodes.incomplete,
    });
  }
  if (issueGroups.some((group) => group.severity === 'error' && isAboutFiles(group))) {
    throw new CliError('Not all of the file was read.', { exitCode: exitCodes.incomplete });
  }
}

/** @throws CliError when the import did not complete */
export function requireCompleted({ upload }: ImportOutcome): void {
  const { status, failure } = upload;
  if (status === 'COMPLETED') return;
  if (status === 'NEEDS_MAPPING') {
    throw columnsUnknown(upload);
  }
  if (status === 'NEEDS_REVIEW') throw stillWaits(upload);
  const reason = failure === null ? '' : ` ${failure.code}: ${failure.message}`;
  throw new CliError(`The import ended as ${status}.${reason}`);
}

/** What an upload waits for that was only shown. */
export function stillWaits({ id }: Pick<Upload, 'id'>): CliError {
  return new CliError('Nothing is applied yet: the upload waits until you have looked at what it changes.', {
    hint: `Look again: pnpm cli changes ${id}\nApply it:   pnpm cli apply ${id}\nGive up:    pnpm cli discard ${id}`,
    exitCode: exitCodes.incomplete,
  });
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
