import { CsvFileError, type CsvFileErrorCode } from '@pledgeline/csv-core';
import { NoTableError } from '@pledgeline/csv-core/import';
import { UnpackError } from '@pledgeline/unpack';
import { Problem } from '../problem.js';

/** A file of an archive, or a sheet of a workbook, that is not imported. */
export interface SkippedTable {
  readonly kind: 'skipped';
  readonly name: string;
  /** A sentence. */
  readonly reason: string;
  /** Whether rows may be lost, so that the merchant has to know. */
  readonly mayHoldRows: boolean;
  /** The error that it would be refused with as the only file; absent where nothing is wrong with it. */
  readonly error?: Error;
}

/**
 * Errors that refuse a single file but only skip a file of an archive, because there is nothing to import from it: a
 * reward that nobody chose, a web page. The value is whether the file may hold rows all the same.
 */
const withoutRows: ReadonlyMap<CsvFileErrorCode, boolean> = new Map([
  ['empty_file', false],
  ['no_header', false],
  ['no_rows', false],
  ['not_csv', true],
]);

/** Skips a file because of its error. Null when the error refuses the whole upload, as a mistake in a table does. */
export function skip(name: string, error: unknown): SkippedTable | null {
  if (error instanceof NoTableError) {
    return { kind: 'skipped', name, reason: error.message, mayHoldRows: false, error };
  }
  if (!(error instanceof CsvFileError)) return null;
  const mayHoldRows = withoutRows.get(error.code);
  if (mayHoldRows === undefined) return null;
  return { kind: 'skipped', name, reason: error.message, mayHoldRows, error };
}

/** Adds the name of the file to an error. */
export function blame(name: string, error: unknown): unknown {
  if (error instanceof UnpackError) return error.inMember(name);
  if (!(error instanceof CsvFileError)) return error;
  return new Problem(error.code, `In "${name}": ${error.message}`, {
    members: { file: name, line: error.line },
    cause: error,
  });
}

/** The error when all files were skipped: that of the only file that may hold rows, else a list of all reasons. */
export function nothingIn(skipped: readonly SkippedTable[]): unknown {
  const [suspect, ...others] = skipped.filter(({ mayHoldRows }) => mayHoldRows);
  if (suspect?.error !== undefined && others.length === 0) return blame(suspect.name, suspect.error);
  const reasons = skipped.slice(0, 10).map(({ name, reason }) => `"${name}": ${reason.replace(/\.?$/, '.')}`);
  return new Problem('no_rows', `No file of the archive has rows. ${reasons.join(' ')}`);
}
