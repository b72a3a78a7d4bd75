import type { RecognizedColumns } from './recognize-columns.js';

/** A file of an archive is text, but no table: a read-me, a licence. */
export class NoTableError extends Error {
  override readonly name = 'NoTableError';
  readonly code = 'no_table';
}

/**
 * Refuses a file of an archive that has one column, and no known one. With a delimiter or encoding that is not its own,
 * a table looks like that, so not where the client has named one.
 *
 * @throws NoTableError
 */
export function requireTable(
  source: { readonly name: string | null },
  hints: { readonly delimiter: string | undefined; readonly encoding: string | undefined },
  headers: readonly string[],
  { platform }: RecognizedColumns,
): void {
  if (source.name === null || hints.delimiter !== undefined || hints.encoding !== undefined) return;
  if (platform === null && headers.length === 1) {
    throw new NoTableError('It has one column, and no known one: it is no table of pledges.');
  }
}
