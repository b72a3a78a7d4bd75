import pg from 'pg';

/** Data exceptions, violated constraints, and what our triggers say: their messages may quote values. */
const QUOTING = /^(?:22|23|P0)/;

/**
 * What of an error of Postgres may be logged. Postgres quotes what it refuses: in the detail, in the context, and for some errors in
 * the message; that may be somebody's name or address. So only the code is kept, and the names of table, column and constraint.
 * Without a `cause`, which would be logged as well.
 */
export class PostgresFault extends Error {
  override readonly name = 'PostgresFault';
  /** SQLSTATE, as in appendix A of Postgres's manual. */
  readonly code: string | undefined;
  readonly table: string | undefined;
  readonly column: string | undefined;
  readonly constraint: string | undefined;

  constructor({ code, table, column, constraint, message }: pg.DatabaseError) {
    super(code === undefined || QUOTING.test(code) ? 'Postgres refused a value' : message);
    this.code = code;
    this.table = table;
    this.column = column;
    this.constraint = constraint;
  }
}

/** An error as it may be logged: a {@link PostgresFault} for one of Postgres, any other as it is. */
export function withoutValues(error: unknown): unknown {
  return error instanceof pg.DatabaseError ? new PostgresFault(error) : error;
}
