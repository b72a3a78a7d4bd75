import { shownName, shownText } from '@pledgeline/csv-core';

/**
 * Why an upload cannot be unpacked. The codes are stable: the API turns them into a 4xx and clients match on them.
 *
 * - `damaged_archive`: cut off, altered on the way, or not made as its format says
 * - `encrypted_archive`: a member has a password
 * - `unsupported_compression`: another way to compress or pack than gzip and the common kind of zip
 * - `nested_archive`: an archive in an archive, or more than two layers of gzip
 * - `no_file_in_archive`: nothing in it could be a table, or can be read
 * - `too_many_files`, `unpacked_too_large`, `ratio_too_high`: it is beyond one of `UnpackLimits`
 * - `sheet_not_found`: the workbook has no such sheet with rows, or the page no such table
 * - `no_rows_in_workbook`: the workbook, or its sheet that was asked for, has no cell with a value
 * - `workbook_too_large`: shared strings and other things to hold in memory are larger than in any real workbook, or a
 *   row is longer than a row of a CSV may be
 */
export type UnpackErrorCode =
  | 'damaged_archive'
  | 'encrypted_archive'
  | 'unsupported_compression'
  | 'nested_archive'
  | 'no_file_in_archive'
  | 'too_many_files'
  | 'unpacked_too_large'
  | 'ratio_too_high'
  | 'sheet_not_found'
  | 'workbook_too_large'
  | 'no_rows_in_workbook';

export interface UnpackErrorOptions {
  /** The path of the member that is to blame. */
  readonly file?: string | null | undefined;
  /** Whether only the end seems to be missing. Default false. */
  readonly isCutOff?: boolean;
  readonly cause?: unknown;
}

/**
 * An upload that is refused before its text is read. The message is for the merchant and says what to do. The message
 * and `file` are safe to store and show.
 */
export class UnpackError extends Error {
  override readonly name = 'UnpackError';
  readonly code: UnpackErrorCode;
  /** The path of the member that is to blame; null when it is the upload as a whole. */
  readonly file: string | null;
  readonly isCutOff: boolean;

  constructor(code: UnpackErrorCode, message: string, options: UnpackErrorOptions = {}) {
    const { file, isCutOff = false, cause } = options;
    super(shownText(message), { cause });
    this.code = code;
    this.file = typeof file === 'string' ? shownName(file) : null;
    this.isCutOff = isCutOff;
  }

  /** The same error, with a member named as the one to blame. */
  inMember(name: string): UnpackError {
    if (this.file === name) return this;
    const { code, isCutOff } = this;
    return new UnpackError(code, `In "${name}": ${this.message}`, { file: name, isCutOff, cause: this });
  }
}
