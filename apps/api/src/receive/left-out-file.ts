import { CsvFileError } from '@pledgeline/csv-core';
import type { LeftOutFile } from './file-issues.js';
import { NoTableError } from './read-table.js';

/** What in a single file is an error is, in an archive, a file of which there is nothing to import: a web page, a picture. */
const withoutRows: readonly string[] = ['empty_file', 'no_header', 'no_rows', 'not_csv'];

/** The file of an archive that could not be read for this reason; null when it is a reason to refuse the archive. */
export function leftOutFile(name: string | null, error: unknown): LeftOutFile | null {
  if (name === null) return null;
  if (error instanceof NoTableError) {
    return { kind: 'skipped', name, reason: error.message, mayHoldRows: false };
  }
  if (!(error instanceof CsvFileError) || !withoutRows.includes(error.code)) return null;
  return { kind: 'skipped', name, reason: error.message, mayHoldRows: error.code === 'not_csv' };
}
