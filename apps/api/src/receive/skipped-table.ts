import { CsvFileError, type CsvFileErrorCode, NoTableError } from '@pledgeline/csv-core';
import { UnpackError } from '@pledgeline/unpack';
import { Problem } from '../problem.js';

/** A file of an archive, or a sheet of a workbook, of which nothing is imported. */
export interface SkippedTable {
  readonly kind: 'skipped';
  readonly name: string;
  /** A sentence. */
  readonly reason: string;
  /** Whether rows may be lost by it, so that the merchant has to know. */
  readonly mayHoldRows: boolean;
  /** What it would be refused with if it were the only file; none where nothing was wrong with it. */
  readonly error?: Error;
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
export function skip(name: string, error: unknown): SkippedTable | null {
  if (error instanceof NoTableError) {
    return { kind: 'skipped', name, reason: error.message, mayHoldRows: false, error };
  }
  if (!(error instanceof CsvFileError)) return null;
  const mayHoldRows = withoutRows.get(error.code);
  if (mayHoldRows === undefined) return null;
  return { kind: 'skipped', name, reason: error.message, mayHoldRows, error };
}

/** The error, with the name of the file. */
export function blame(name: string, error: unknown): unknown {
  if (error instanceof UnpackError) return error.inMember(name);
  if (!(error instanceof CsvFileError)) return error;
  return new Problem(error.code, `In "${name}": ${error.message}`, {
    members: { file: name, line: error.line },
    cause: error,
  });
}

/** What to throw when all files were skipped: where one alone might have held rows, what is wrong with that one. */
export function nothingIn(skipped: readonly SkippedTable[]): unknown {
  const [suspect, ...others] = skipped.filter(({ mayHoldRows }) => mayHoldRows);
  if (suspect?.error !== undefined && others.length === 0) return blame(suspect.name, suspect.error);
  const reasons = skipped.slice(0, 10).map(({ name, reason }) => `"${name}": ${reason.replace(/\.?$/, '.')}`);
  return new Problem('no_rows', `No file of the archive has rows. ${reasons.join(' ')}`);
}
