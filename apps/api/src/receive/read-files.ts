import type { UnpackedFile } from '@pledgeline/unpack';
import type { TableSource } from './read-table.js';
import { blame, nothingIn, type SkippedTable, skip } from './skipped-table.js';

/** What became of a file of an upload. */
export type FileOutcome<T> = { readonly kind: 'read'; readonly read: T } | SkippedTable;

/** One of the files of an upload, to be read to its end or only looked into. */
export interface FileToRead {
  readonly source: TableSource;
  /** In the upload, what is skipped included. */
  readonly index: number;
  /** To be called for each row: a file that has one is a table, and is not skipped for what comes after it. */
  onRow(): void;
}

/**
 * Reads all that an upload holds, and decides what is left out of it and what refuses it. Whoever receives a file or
 * looks into one asks here, so that both say the same of it.
 *
 * @throws Problem or UnpackError that names the file if it is in an archive, CsvFileError, and what `read` throws
 */
export async function readFiles<T>(
  unpacked: AsyncIterable<UnpackedFile>,
  read: (file: FileToRead) => Promise<T>,
): Promise<readonly FileOutcome<T>[]> {
  const outcomes: FileOutcome<T>[] = [];
  for await (const file of unpacked) {
    outcomes.push(file.kind === 'skipped' ? file : await readOrSkip(file, outcomes.length, read));
  }
  const skipped = outcomes.filter((outcome) => outcome.kind === 'skipped');
  if (skipped.length === outcomes.length) throw nothingIn(skipped);
  return outcomes;
}

async function readOrSkip<T>(
  source: TableSource,
  index: number,
  read: (file: FileToRead) => Promise<T>,
): Promise<FileOutcome<T>> {
  let hasRows = false;
  const onRow = () => {
    hasRows = true;
  };
  try {
    return { kind: 'read', read: await read({ source, index, onRow }) };
  } catch (error) {
    if (source.name === null) throw error;
    const skipped = hasRows ? null : skip(source.name, error);
    if (skipped === null) throw blame(source.name, error);
    return skipped;
  }
}
