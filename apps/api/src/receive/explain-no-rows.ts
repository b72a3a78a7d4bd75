import { CsvFileError } from '@pledgeline/csv-core';
import type { UnpackedFile } from '@pledgeline/unpack';

/** How many names a message lists: no more than a person reads. */
const MAX_NAMES = 20;

/**
 * Extends the error of a sheet without rows by the notices about it and the names of the other sheets, because the
 * sender of a workbook does not always know which sheet is read.
 *
 * @returns any other error unchanged
 */
export function explainNoRows(
  error: unknown,
  { sheet, otherSheets, notices }: Extract<UnpackedFile, { kind: 'sheet' }>,
): unknown {
  if (!(error instanceof CsvFileError) || error.code !== 'no_rows') return error;
  const sentences = [error.message, ...notices().map(({ message }) => message)];
  if (otherSheets.length > 0) sentences.push(nameOthers(sheet, otherSheets));
  return new CsvFileError(error.code, sentences.join(' '), error.line);
}

function nameOthers(sheet: string, others: readonly string[]): string {
  const named = [...others.slice(0, MAX_NAMES), ...(others.length > MAX_NAMES ? ['…'] : [])].join(', ');
  return `This is its sheet "${sheet}"; it also has ${named}. To import one of these, send the file again with ?sheet= and its name.`;
}
