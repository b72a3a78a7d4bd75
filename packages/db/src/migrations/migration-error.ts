export type MigrationErrorCode =
  /** A migration that this database has applied was changed afterwards. */
  | 'MIGRATION_EDITED'
  /** An earlier run left a migration half-done, and a person has to resolve it. */
  | 'MIGRATION_UNRESOLVED'
  /** A migration failed now and left nothing behind; `cause` is what Postgres said. */
  | 'MIGRATION_FAILED'
  /** Another transaction held the locks that the migration needs for longer than we wait. */
  | 'MIGRATION_BLOCKED'
  /** There are tables, but no history of migrations, so they may be somebody else's. */
  | 'DATABASE_NOT_EMPTY'
  | 'MIGRATIONS_FOLDER_NOT_FOUND'
  | 'MIGRATION_FILE_NOT_FOUND';

/** The schema could not be brought up to date. The message says what to do. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';

  constructor(
    readonly code: MigrationErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
