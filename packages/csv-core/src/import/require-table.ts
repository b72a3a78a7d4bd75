import type { RecognizedColumns } from './recognize-columns.js';

/** A file is text but not a table, such as a read-me or a licence. */
export class NoTableError extends Error {
  override readonly name = 'NoTableError';
  readonly code = 'no_table';
}

/**
 * Refuses a file of an unknown platform with a single column.
 *
 * @throws NoTableError
 */
export function requireTable(headers: readonly string[], { platform }: RecognizedColumns): void {
  if (platform === null && headers.length === 1) {
    throw new NoTableError('It has one column, and no known one: it is no table of pledges.');
  }
}
