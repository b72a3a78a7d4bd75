import type { RecognizedColumns } from './recognize-columns.js';

/** A file is text, but no table: a read-me, a licence. */
export class NoTableError extends Error {
  override readonly name = 'NoTableError';
  readonly code = 'no_table';
}

/**
 * Refuses a file that has one column, and no known one.
 *
 * @throws NoTableError
 */
export function requireTable(headers: readonly string[], { platform }: RecognizedColumns): void {
  if (platform === null && headers.length === 1) {
    throw new NoTableError('It has one column, and no known one: it is no table of pledges.');
  }
}
