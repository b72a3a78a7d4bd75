import { isNeverText, isNullDate, isNullInTyped, isNullWord, mayBeName } from '../values/null-words.js';
import type { CaredColumn } from './column-cares.js';

/** The cells of a row that help to understand one of them. */
export interface RowView {
  /** The names of people in the row's other cells. */
  otherNames(position: number): readonly string[];
}

/**
 * Whether a filled cell stands for a missing value.
 *
 * @param word the cell without blanks around it
 * @param proven the words with which the file's program writes missing values
 */
export function isMissing(
  word: string,
  { position, care, frequentNulls }: CaredColumn,
  proven: ReadonlySet<string>,
  row: RowView,
): boolean {
  if (isNullDate(word)) return true;
  switch (care) {
    case 'status':
      // A payment status that is missing is for the merchant to say: a blank one would count as collected.
      return false;
    case 'answer':
      return isNeverText(word) || (word === 'nan' && proven.has(word));
    case 'count':
      return isNeverText(word) || word === 'nan' || word === '-' || word === '--';
    case 'email':
    case 'phone':
    case 'code':
    case 'typed':
    case 'needed':
    case 'date':
    case 'quantity':
      return isNullInTyped(word);
    case 'name':
      return isNullWord(word) && !isName(word, frequentNulls, proven, row.otherNames(position));
    default:
      return isNullWord(word) || (word === 'Nan' && frequentNulls.has(word));
  }
}

/** `Null`, `Nan` and `None` are names of people. They are written like the other names in the row, and rarely. */
function isName(
  word: string,
  frequent: ReadonlySet<string>,
  proven: ReadonlySet<string>,
  others: readonly string[],
): boolean {
  if (!mayBeName(word) || frequent.has(word) || proven.has(word)) return false;
  if (isTitleCase(word)) return true;
  return others.some((name) => !mayBeName(name) && styleOf(name) === styleOf(word));
}

function isTitleCase(word: string): boolean {
  return styleOf(word) === 'title';
}

function styleOf(word: string): 'upper' | 'lower' | 'title' {
  if (word === word.toLowerCase()) return 'lower';
  return word === word.toUpperCase() ? 'upper' : 'title';
}
