export type MigrationErrorCode =
  /** A migration that this database has applied was changed afterwards. */
  | 'MIGRATION_EDITED'
  /** An earlier run of a migration failed half-way and a person has to resolve it. */
  | 'MIGRATION_UNRESOLVED'
  /** A migration failed now; `cause` is what Postgres or the engine said. */
  | 'MIGRATION_FAILED'
  | 'MIGRATIONS_FOLDER_NOT_FOUND';

/** The schema could not be brought up to date. */
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
