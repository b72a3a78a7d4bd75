import { shownName, shownText } from '@pledgeline/csv-core';

/**
 * Why an upload cannot be unpacked. The codes are stable: the API turns them into a 4xx and clients match on them.
 *
 * - `damaged_archive`: cut off, altered on the way, or not made as its format says
 * - `encrypted_archive`: a member has a password
 * - `unsupported_compression`: a way to compress or pack other than gzip and the common kind of zip
 * - `nested_archive`: an archive in an archive, or more than two layers of gzip
 * - `no_file_in_archive`: nothing in it that could be a table, or that can be read
 * - `too_many_files`, `unpacked_too_large`, `ratio_too_high`: one of `UnpackLimits`
 * - `sheet_not_found`, `no_rows_in_workbook`: the workbook has no such sheet of rows, or no cell with a value; a page
 *   has no such table
 * - `workbook_too_large`: more shared text or other things to hold in memory than any workbook has, or a row
 *   longer than a row of a CSV may be
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
  /** The member that is to blame, as the archive calls it. */
  readonly file?: string | null | undefined;
  /** Whether all that is known to be wrong is that the end is missing. Default false. */
  readonly isCutOff?: boolean;
  readonly cause?: unknown;
}

/**
 * An upload that is refused before its text is read. The message is for the merchant and says what to do; nothing in
 * it, or in `file`, does harm where it is stored or shown.
 */
export class UnpackError extends Error {
  override readonly name = 'UnpackError';
  readonly code: UnpackErrorCode;
  /** The member that is to blame; null when it is the upload as a whole. */
  readonly file: string | null;
  readonly isCutOff: boolean;

  constructor(code: UnpackErrorCode, message: string, options: UnpackErrorOptions = {}) {
    const { file, isCutOff = false, cause } = options;
    super(shownText(message), { cause });
    this.code = code;
    this.file = typeof file === 'string' ? shownName(file) : null;
    this.isCutOff = isCutOff;
  }

  /** The same error, blamed on a member by its name. */
  inMember(name: string): UnpackError {
    if (this.file === name) return this;
    const { code, isCutOff } = this;
    return new UnpackError(code, `In "${name}": ${this.message}`, { file: name, isCutOff, cause: this });
  }
}
