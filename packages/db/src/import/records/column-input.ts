import { type ArrayType, binaryArray } from './binary-array.js';

/** A column of a statement that takes many rows. */
export interface InputColumn {
  readonly name: string;
  /** Postgres type. */
  readonly type: string;
  /** One value for each row: a text as Postgres reads the type, or a number for `int`. */
  readonly values: readonly (string | number | null)[];
}

/** Rows as a part of a statement. */
export interface ColumnInput {
  /** A SELECT that gives the rows, with the columns in their order. */
  readonly sql: string;
  readonly parameters: readonly (string | number | Buffer)[];
}

/** Takes the columns of a statement one by one, so that memory holds the values of one of them. */
export interface ColumnInputBuilder {
  add(column: InputColumn): void;
  /** The columns that were added. Not to be called before the first one. */
  build(): ColumnInput;
}

/**
 * Passes rows to Postgres as one array per column. A column with the same value in every row is sent once: about half of
 * the columns of an export are like that.
 */
export function createColumnInput(): ColumnInputBuilder {
  const parameters: (string | number | Buffer)[] = [];
  const arrays: string[] = [];
  const aliases: string[] = [];
  const selected: string[] = [];
  return {
    add({ name, type, values }) {
      const constant = values[0] ?? null;
      // The first column is an array in any case, since it says how many rows there are.
      if (arrays.length === 0 || values.some((value) => value !== constant)) {
        const sent = sentType(type);
        parameters.push(binaryArray(sent, values));
        arrays.push(`$${parameters.length}::${sent}[]`);
        aliases.push(name);
        selected.push(sent === type ? `each.${name}` : `each.${name}::${type} AS ${name}`);
      } else if (constant === null) {
        selected.push(`NULL::${type} AS ${name}`);
      } else {
        parameters.push(constant);
        selected.push(`$${parameters.length}::${type} AS ${name}`);
      }
    },
    build() {
      const from = `unnest(${arrays.join(', ')}) AS each (${aliases.join(', ')})`;
      return { sql: `SELECT ${selected.join(', ')} FROM ${from}`, parameters };
    },
  };
}

/** As {@link createColumnInput}, for columns that are few or short. */
export function columnInput(columns: readonly InputColumn[]): ColumnInput {
  const input = createColumnInput();
  for (const column of columns) input.add(column);
  return input.build();
}

/** Other types go as text, and Postgres reads them: writing instants and amounts in binary was not faster. */
function sentType(type: string): ArrayType {
  return type === 'uuid' || type === 'int' ? type : 'text';
}
