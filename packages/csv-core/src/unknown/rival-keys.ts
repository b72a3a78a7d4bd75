import type { SuggestedColumn } from './complete-suggestion.js';
import { askAbout, exampleCells, type OpenQuestion } from './open-question.js';

/** Words that say that a number is that of the pledge, and not that of its invoice or its bank transfer. */
const clearWords: ReadonlySet<string> = new Set([
  'order',
  'pledge',
  'transaction',
  'payment',
  'bonus',
  'backing',
  'contribution',
]);
/** From this score on, a name could be that of the key. */
const SURE_NAME = 0.7;

/**
 * Asks which column is the key where several could be, and none is named clearly: each has another number in every row, and their
 * names are as good. With another key the same pledge becomes a second one when the next file comes.
 */
export function askForRivalKeys(columns: readonly SuggestedColumn[]): readonly OpenQuestion[] {
  const key = columns.find(({ suggested }) => suggested.as === 'externalId');
  if (key === undefined || isNamedClearly(key) || !isUnique(key)) return [];
  const rivals = columns.filter(
    (one) => one.suggested.as === 'kept' && isNamedKey(one) && isUnique(one) && !isSame(one, key),
  );
  if (rivals.length === 0) return [];
  const names = [key, ...rivals].map(({ suggested }) => `"${suggested.header}"`);
  const message = `Which of ${names.slice(0, -1).join(', ')} and ${names.at(-1)} is the number of the order? Each has another one in every row, and the same file must always be read by the same column.`;
  return [askAbout(key.suggested, 'unclear_column', message, exampleCells(key.cells))];
}

function isNamedClearly({ column: { words } }: SuggestedColumn): boolean {
  return words.some((word) => clearWords.has(word)) || (words.length === 1 && words[0] === 'id');
}

function isNamedKey({ column }: SuggestedColumn): boolean {
  const name = column.scores.get('externalId')?.name;
  return name?.how === 'same' && name.score >= SURE_NAME;
}

function isUnique({ cells: { rows, filled, texts } }: SuggestedColumn): boolean {
  return filled === rows && texts.size === filled && filled > 0;
}

function isSame(one: SuggestedColumn, other: SuggestedColumn): boolean {
  return [...one.cells.texts.keys()].join('\n') === [...other.cells.texts.keys()].join('\n');
}
