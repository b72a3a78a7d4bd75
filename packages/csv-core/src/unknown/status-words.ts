import { noContext, status, statusWord, teachWords } from '../fields/field-kinds.js';
import { displayHeader } from '../header/resolve-columns.js';
import { quoteForIssue } from '../issue.js';
import type { ColumnAssignment } from '../mapping/column-assignment.js';
import type { PledgeStatus } from '../schemas/pledge.js';
import type { ColumnCells } from '../suggest/column-cells.js';
import { askAbout, maxShownWords, type OpenQuestion, shownCell } from './open-question.js';
import type { UnknownFile } from './unknown-file.js';

/** The words of a column that are no known payment status, each once as the file writes it. */
export function unknownStatusWords(
  { texts }: ColumnCells,
  known: Readonly<Record<string, PledgeStatus>>,
  taught: Readonly<Record<string, PledgeStatus>> = {},
): readonly string[] {
  const context = { ...noContext, platform: teachWords({ title: '', statuses: known }, taught) };
  const unknown = new Map<string, string>();
  for (const text of texts.keys()) {
    const read = status.read(text, context);
    if (!read.ok && read.problem.code === 'unknown_status') unknown.set(statusWord(text), text.trim());
  }
  return [...unknown.values()];
}

/** Asks what words of the payment status mean; null when all are known. */
export function askForWords(
  column: { readonly position: number; readonly header: string },
  unknown: readonly string[],
): OpenQuestion | null {
  if (unknown.length === 0) return null;
  // As long as they are: an answer repeats them.
  const words = unknown.slice(0, maxShownWords).map(quoteForIssue);
  const named = words.map((word) => `"${shownCell(word)}"`).join(', ');
  const more = unknown.length > words.length ? ` and ${unknown.length - words.length} more words` : '';
  const message = `What does ${named}${more} in "${column.header}" mean? Say it with "values", such as { "${shownCell(words[0] ?? '')}": "COLLECTED" }, or assign another column as the payment status.`;
  return { ...askAbout(column, 'unknown_words', message, []), cells: words };
}

/** Asks for unknown words in the column that a saved mapping assigns as the status. */
export function askForAssignedWords(
  { headers, cells }: Pick<UnknownFile, 'headers' | 'cells'>,
  columns: readonly ColumnAssignment[],
  known: Readonly<Record<string, PledgeStatus>>,
): readonly OpenQuestion[] {
  return columns.flatMap(({ position, as, values }) => {
    const column = cells[position];
    if (as !== 'status' || column === undefined) return [];
    const header = displayHeader(headers[position] ?? '');
    return askForWords({ position, header }, unknownStatusWords(column, known, values)) ?? [];
  });
}
