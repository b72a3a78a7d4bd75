/** A column of a statement that takes many rows. */
export interface InputColumn {
  readonly name: string;
  /** Postgres type. */
  readonly type: string;
  /** One text for each row, as Postgres reads the type. */
  readonly values: readonly (string | number | null)[];
}

/** Rows as a part of a statement. */
export interface ColumnInput {
  /** A SELECT that gives the rows, with the columns in their order. */
  readonly sql: string;
  readonly parameters: readonly (string | number)[];
}

/**
 * Passes rows to Postgres as one array per column. A column with the same value in every row is sent once: about half of
 * the columns of an export are like that.
 */
export function columnInput(columns: readonly InputColumn[]): ColumnInput {
  const parameters: (string | number)[] = [];
  const arrays: string[] = [];
  const aliases: string[] = [];
  const selected: string[] = [];
  for (const { name, type, values } of columns) {
    const constant = values[0] ?? null;
    // The first column is an array in any case, since it says how many rows there are.
    if (arrays.length === 0 || values.some((value) => value !== constant)) {
      parameters.push(arrayLiteral(values));
      arrays.push(`$${parameters.length}::${type}[]`);
      aliases.push(name);
      selected.push(`each.${name}`);
    } else if (constant === null) {
      selected.push(`NULL::${type} AS ${name}`);
    } else {
      parameters.push(constant);
      selected.push(`$${parameters.length}::${type} AS ${name}`);
    }
  }
  const sql = `SELECT ${selected.join(', ')} FROM unnest(${arrays.join(', ')}) AS each (${aliases.join(', ')})`;
  return { sql, parameters };
}

/** An escape of JSON that arrays do not have: all but the quote's and the backslash's. */
const FOREIGN_ESCAPE = /(?<!\\)(?:\\\\)*\\[^"\\]/;

/**
 * An array as Postgres reads it (manual, section 8.15.2). Where no control character is escaped, JSON in braces is the
 * same, and V8 writes that ten times as fast as text is put together here or in the driver.
 */
export function arrayLiteral(values: readonly (string | number | null)[]): string {
  const json = JSON.stringify(values);
  if (!json.includes('\\') || !FOREIGN_ESCAPE.test(json)) return `{${json.slice(1, -1)}}`;
  return `{${values.map(quoted).join(',')}}`;
}

function quoted(value: string | number | null): string {
  return typeof value === 'string' ? `"${value.replace(/["\\]/g, '\\$&')}"` : String(value);
}
