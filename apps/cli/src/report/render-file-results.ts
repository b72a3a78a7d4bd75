import { basename } from 'node:path';
import { ProblemError } from '@pledgeline/client/node';
import type { CliError } from '../cli-error.js';
import type { Changes } from '../upload/changes.js';
import type { ImportOutcome } from '../upload/import-file.js';
import { formatCount } from './numbers.js';
import type { Style } from './style.js';
import { renderTable } from './table.js';
import { printable } from './text.js';

/** What became of one file: its import, or why it was refused. */
export interface FileResult {
  readonly path: string;
  readonly outcome?: ImportOutcome;
  /** What was shown of it before it was applied; only with --review. */
  readonly review?: Changes;
  readonly error?: CliError;
}

const columns = [
  { title: 'file', flexible: true },
  { title: 'result' },
  { title: 'rows', align: 'right' },
  { title: 'imported', align: 'right' },
  { title: 'rejected', align: 'right' },
] as const;

/** Renders the summary of several files, a line for each. */
export function renderFileResults(results: readonly FileResult[], style: Style): string {
  const rows = results.map(({ path, outcome, error }) => {
    const name = printable(basename(path));
    if (outcome === undefined) {
      return [name, error?.cause instanceof ProblemError ? `refused: ${error.cause.code}` : 'refused'];
    }
    const { rows } = outcome.upload;
    return [name, resultOf(outcome), ...[rows.total, rows.imported, rows.rejected].map(formatCount)];
  });
  return `${style.bold(`${results.length} files`)}\n${renderTable(columns, rows, style).join('\n')}\n`;
}

function resultOf({ isDuplicate, upload }: ImportOutcome): string {
  const { status, warnings } = upload;
  if (isDuplicate) return `${status.toLowerCase()} before`;
  return `${status.toLowerCase()}${warnings.length > 0 ? ', with a warning' : ''}`;
}
