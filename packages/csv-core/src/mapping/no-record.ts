import { type Field, fieldsOf, isMoneyField, productNameFields } from '../fields/fields.js';
import { createLaterHeaderFinder } from '../header/later-header.js';
import { isBlankCell } from './blank-cell.js';
import type { FieldColumn } from './field-column.js';
import { isNote, sumWordIn } from './footer-words.js';

/**
 * Why a row is no record: it repeats the header, is a sum of other rows, is a note of the program that wrote the file, or
 * draws a line between rows.
 */
export type NoRecordReason = 'repeated_header' | 'sum' | 'note' | 'ruler';

/** Why a row is no record; null for a row that may be one. */
export type NoRecordFinder = (cells: readonly string[]) => NoRecordReason | null;

/** The columns of a file, as far as they tell rows that are no records. */
export interface RecordColumns {
  readonly headers: readonly string[];
  readonly fields: readonly FieldColumn[];
  /** Positions of columns that count units of a product. */
  readonly counts: readonly number[];
}

/** A number such as `A-1001`. A row with one is a record, so the search ends here for nearly all rows. */
const NUMBER_LIKE = /^#?[A-Za-z]{0,5}[-_#/]?\d[\w\-/.]*$/;
const RULER = /^[-=_*.~—–─+|#\s]+$/;
/** `60.00`, `$ 1,234.50 USD` or `3`. */
const AMOUNT =
  /^[^\p{L}\d]{0,3}(?:[A-Z]{3} ?)?[^\p{L}\d]{0,3}\d[\d.,'’ ]*(?: ?[^\p{L}\d\s]{1,2})?(?: ?[A-Z]{3})?\)?$/u;
/** `3 orders` in the column of a person counts the rows. */
const COUNT = /^\d+(?:\s+\p{L}+)?$/u;
/** A file with fewer columns may be a list of names or titles. */
const MIN_WIDTH = 3;
/** Most filled cells of a note: a date in it may be divided by the delimiter. */
const MAX_NOTE_CELLS = 3;

const numberFields: readonly Field[] = ['externalId', 'originExternalId'];
/** Fields that say who has pledged, besides the e-mail address. */
export const namingFields: readonly Field[] = [
  'backerExternalId',
  'backerName',
  'firstName',
  'lastName',
  'shippingName',
  'shippingAddress1',
  'shippingPhone',
];

/**
 * Recognises rows that are no records by what they lack as well as by what they say: they have no person and no number
 * of their own. A row with an e-mail address is always a record.
 */
export function createNoRecordFinder({ headers, fields, counts }: RecordColumns): NoRecordFinder {
  const positionsOf = (wanted: readonly Field[]) =>
    fields.filter(({ field }) => wanted.includes(field)).map(({ position }) => position);
  const emails = positionsOf(['email']);
  const numbers = positionsOf(numberFields);
  const persons = positionsOf(namingFields);
  const products = positionsOf(productNameFields);
  const amounts = positionsOf(fieldsOf('pledge').filter(isMoneyField));
  const summable = new Set([
    ...amounts,
    ...positionsOf(['rewardPrice', 'productPrice', 'quantity', 'currency']),
    ...counts,
  ]);
  const laterHeader = createLaterHeaderFinder(headers);
  return (cells) => {
    for (const position of emails) if (cells[position]?.includes('@')) return null;
    for (const position of numbers) if (NUMBER_LIKE.test(cells[position] ?? '')) return null;
    if (laterHeader(cells) === 'same') return 'repeated_header';
    const filled = filledPositions(cells);
    const [first] = filled;
    if (first === undefined) return null;
    if (filled.every((position) => RULER.test(cells[position] ?? ''))) return 'ruler';
    if (isNoteRow(cells, first, filled)) return 'note';
    if (numbers.some((position) => isOwn(cells, position)) || hasPerson(cells, null)) return null;
    if (products.some((position) => isOwn(cells, position))) return null;
    return isSum(cells, first, filled) || isSumWithoutLabel(cells, filled) ? 'sum' : null;
  };

  /** Whether a cell has a text that is not the label of a sum. */
  function isOwn(cells: readonly string[], position: number): boolean {
    const cell = cells[position] ?? '';
    return !isBlankCell(cell) && sumWordIn(cell) === null;
  }

  function hasPerson(cells: readonly string[], except: number | null): boolean {
    return persons.some(
      (position) =>
        position !== except && isOwn(cells, position) && !COUNT.test(cells[position]?.trim() ?? ''),
    );
  }

  function isSum(cells: readonly string[], first: number, filled: readonly number[]): boolean {
    const wordAt = (position: number) => sumWordIn(cells[position] ?? '');
    const places = products.includes(first) ? numbers : [first, ...numbers];
    if ([...places, ...persons].some((position) => wordAt(position) === 'only')) return true;
    // `Count Example` in the column of a name is a person.
    const isLabelled = places.some((place) => !persons.includes(place) && wordAt(place) !== null);
    return isLabelled && filled.length <= Math.max(2, headers.length / 2);
  }

  /** Without a known phrase, a note is a text in the column of the number, or in one of no field, and nothing else. */
  function isNoteRow(cells: readonly string[], first: number, filled: readonly number[]): boolean {
    const label = cells[first]?.trim() ?? '';
    if (sumWordIn(label) !== null) return false;
    const isText = /\s/.test(label) && /\p{L}/u.test(label);
    if (filled.length === 1 && isText && headers.length >= MIN_WIDTH && isNotePlace(cells, first))
      return true;
    if (filled.length > MAX_NOTE_CELLS || products.includes(first)) return false;
    // A single word in the column of a name is a name.
    const isName = persons.includes(first) && !isText;
    const hasNumber = numbers.some((position) => position !== first && isOwn(cells, position));
    return headers.length > 1 && !isName && !hasNumber && !hasPerson(cells, first) && isNote(label);
  }

  /** Whether the only text of a row is no field of a record that lacks everything else. */
  function isNotePlace(cells: readonly string[], first: number): boolean {
    if (cells.length === 1 || numbers.includes(first)) return true;
    return first === 0 && !fields.some(({ position }) => position === first);
  }

  /** Amounts alone, without a number, a person, a product or a date. */
  function isSumWithoutLabel(cells: readonly string[], filled: readonly number[]): boolean {
    return (
      numbers.length > 0 &&
      amounts.some((position) => filled.includes(position)) &&
      filled.every((position) => summable.has(position) && isAmountOrCode(cells[position] ?? ''))
    );
  }
}

function isAmountOrCode(cell: string): boolean {
  const text = cell.trim();
  return AMOUNT.test(text) || /^[A-Z]{3}$/.test(text);
}

function filledPositions(cells: readonly string[]): readonly number[] {
  return cells.flatMap((cell, position) => (isBlankCell(cell) ? [] : [position]));
}
