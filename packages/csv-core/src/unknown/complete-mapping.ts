import { statusWord } from '../fields/field-kinds.js';
import { isField, isMoneyField } from '../fields/fields.js';
import type { ColumnAssignment } from '../mapping/column-assignment.js';
import type { OpenQuestion } from './open-question.js';
import type { UnknownFileReading } from './read-unknown-file.js';

/**
 * The headers of columns that a mapping does not name, though they seem to hold money, a payment status, a quantity, a refund
 * or a cancellation. A person who leaves one out on purpose names it as `ignored` or `kept`.
 */
export function overlookedColumns(
  columns: readonly ColumnAssignment[],
  { suggestion, questions }: UnknownFileReading,
): readonly string[] {
  const named = new Set(columns.map(({ position }) => position));
  const asked = new Set(
    questions.flatMap(({ code, position }) =>
      code === 'unclear_column' && position !== null ? [position] : [],
    ),
  );
  return suggestion.columns
    .filter(({ position, as }) => !named.has(position) && (asked.has(position) || tells(as)))
    .map(({ header }) => header);
}

/** Whether such a column says how much is paid or owed. */
function tells(as: ColumnAssignment['as']): boolean {
  if (as === 'item' || as === 'add-on' || as === 'status' || as === 'quantity') return true;
  return isField(as) && (isMoneyField(as) || as === 'refundedAt' || as === 'canceledAt');
}

/** The words of the payment status that nobody knows yet, with the header of their column; null when there are none. */
export function untaughtWords(
  columns: readonly ColumnAssignment[],
  questions: readonly OpenQuestion[],
): { readonly header: string; readonly words: readonly string[] } | null {
  for (const { code, position, header, cells } of questions) {
    const column = columns.find((one) => one.position === position);
    if (code !== 'unknown_words' || column?.as !== 'status' || header === null) continue;
    const taught = new Set(Object.keys(column.values ?? {}).map(statusWord));
    const words = cells.filter((word) => !taught.has(statusWord(word)));
    if (words.length > 0) return { header, words };
  }
  return null;
}
