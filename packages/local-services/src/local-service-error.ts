export type LocalServiceErrorCode =
  /** The folder belongs to a Postgres that is running, or to a cluster that we did not make. */
  | 'DATA_FOLDER_IN_USE'
  | 'DATA_FOLDER_FOREIGN'
  /** There are no binaries for this machine, or no user they could run as. */
  | 'NOT_SUPPORTED'
  | 'INITDB_FAILED'
  | 'START_FAILED';

/** A server could not be started; `code` is stable, the message says what to do. */
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
