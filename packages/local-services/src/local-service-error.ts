export type LocalServiceErrorCode =
  /** A Postgres is running on the folder. */
  | 'DATA_FOLDER_IN_USE'
  /** The folder has a cluster that this package did not create. */
  | 'DATA_FOLDER_FOREIGN'
  /** There are no binaries for this machine, or no user that could run them. */
  | 'NOT_SUPPORTED'
  | 'INITDB_FAILED'
  | 'START_FAILED';

/** A server could not be started. `code` is stable; the message explains what to do. */
export class LocalServiceError extends Error {
  override readonly name = 'LocalServiceError';

  constructor(
    readonly code: LocalServiceErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
