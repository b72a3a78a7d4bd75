export type CommitErrorCode =
  /** There is no git, or the folder is not a clone. */
  | 'NO_REPOSITORY'
  | 'UNKNOWN_COMMIT'
  | 'NOT_BUILT'
  /** Somebody else has put something where the build is kept. */
  | 'FOREIGN_BUILD';

/** A commit cannot be built; `code` is stable, the message says what to do. */
export class CommitError extends Error {
  override readonly name = 'CommitError';

  constructor(
    readonly code: CommitErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
