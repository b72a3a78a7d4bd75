import { CsvFileError, type CsvFileErrorCode, NoTableError } from '@pledgeline/csv-core';
import { UnpackError, type UnpackedFile } from '@pledgeline/unpack';
import { Problem } from '../problem.js';
import type { TableSource } from './read-table.js';
import type { SkippedTable } from './skipped-table.js';

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

/**
 * What in a single file is an error is, in an archive, a file of which there is nothing to import: a reward that nobody
 * chose, a web page. And whether it may hold rows all the same.
 */
const withoutRows: ReadonlyMap<CsvFileErrorCode, boolean> = new Map([
  ['empty_file', false],
  ['no_header', false],
  ['no_rows', false],
  ['not_csv', true],
]);

/** Null for what refuses the whole upload: a table with something wrong in it. */
function skip(name: string, error: unknown): SkippedTable | null {
  if (error instanceof NoTableError) {
    return { kind: 'skipped', name, reason: error.message, mayHoldRows: false, error };
  }
  if (!(error instanceof CsvFileError)) return null;
  const mayHoldRows = withoutRows.get(error.code);
  if (mayHoldRows === undefined) return null;
  return { kind: 'skipped', name, reason: error.message, mayHoldRows, error };
}

/** The error, with the name of the file. */
function blame(name: string, error: unknown): unknown {
  if (error instanceof UnpackError) return error.inMember(name);
  if (!(error instanceof CsvFileError)) return error;
  return new Problem(error.code, `In "${name}": ${error.message}`, {
    members: { file: name, line: error.line },
    cause: error,
  });
}

/** Where one file alone might have held rows, what is wrong with that one. */
function nothingIn(skipped: readonly SkippedTable[]): unknown {
  const [suspect, ...others] = skipped.filter(({ mayHoldRows }) => mayHoldRows);
  if (suspect?.error !== undefined && others.length === 0) return blame(suspect.name, suspect.error);
  const reasons = skipped.slice(0, 10).map(({ name, reason }) => `"${name}": ${reason.replace(/\.?$/, '.')}`);
  return new Problem('no_rows', `No file of the archive has rows. ${reasons.join(' ')}`);
}
