import { CliError } from '../cli-error.js';
import { renderReport } from '../report/render-report.js';
import { styleFor } from '../report/style.js';
import type { ImportOutcome } from '../upload/import-file.js';
import type { CommandContext } from './context.js';

/** Prints the report. @throws CliError when the import did not complete, so that the process says so to scripts */
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
    throw new CliError('The file was not imported: its columns are not those of a known platform.', {
      hint: 'Name the platform with --platform, or rename the columns.',
    });
  }
  const reason = failure === null ? '' : ` ${failure.code}: ${failure.message}`;
  throw new CliError(`The import ended as ${status}.${reason}`);
}
