import { type Field, type FieldValues, fieldNames } from '../fields/fields.js';

/** The values of one row; null where the cell is blank or the file has no such column. */
export type RowFields = { -readonly [F in Field]: FieldValues[F] | null };

/** A row before any cell is read. */
export function emptyRowFields(): RowFields {
  return { ...emptyRow };
}

const emptyRow = makeEmptyRow();

/**
 * Made with `Object.fromEntries`: V8 turns an object that is filled property by property into a hash table, and copying
 * that is a hundred times slower.
 */
function makeEmptyRow(): RowFields {
  const row = Object.fromEntries(fieldNames.map((field) => [field, null]));
  if (!hasEveryField(row)) throw new Error('A field of the table has no place in a row.');
  return row;
}

function hasEveryField(row: object): row is RowFields {
  return fieldNames.every((field) => Object.hasOwn(row, field));
}
