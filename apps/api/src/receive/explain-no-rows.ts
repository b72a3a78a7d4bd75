import { CsvFileError } from '@pledgeline/csv-core';
import type { UnpackedFile } from '@pledgeline/unpack';

/** A message lists no more names than a person reads. */
const MAX_NAMES = 20;

/**
 * What is said of a sheet without rows also says what there is beside them: cells with errors, and other sheets, since
 * whoever sends a workbook does not always know which one is read.
 *
 * @returns the error as it is where it is another
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
