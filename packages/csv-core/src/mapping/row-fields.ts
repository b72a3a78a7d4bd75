import { type Field, type FieldValues, fieldNames } from '../fields/fields.js';

/** The read cells of one row; null where the cell is blank or the file has no such column. */
export type RowFields = { -readonly [F in Field]: FieldValues[F] | null };

/** A row with nothing read yet. */
export function emptyRowFields(): RowFields {
  return { ...nothing };
}

const nothing = nothingRead();

/**
 * Made in one go: an object that is filled name by name becomes a hash table in V8, and copying it is a hundred times
 * slower.
 */
function nothingRead(): RowFields {
  const row = Object.fromEntries(fieldNames.map((field) => [field, null]));
  if (!hasEveryField(row)) throw new Error('A field of the table has no place in a row.');
  return row;
}

function hasEveryField(row: object): row is RowFields {
  return fieldNames.every((field) => Object.hasOwn(row, field));
}
