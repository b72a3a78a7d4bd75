import { UnpackError } from '../unpack-error.js';

/** The error for a workbook with a part that takes too much memory. */
export function workbookTooLarge(part: string): UnpackError {
  return new UnpackError(
    'workbook_too_large',
    'The workbook holds more text than can be read from an Excel file. Save the sheet as "CSV UTF-8" and send that.',
    { file: part },
  );
}
