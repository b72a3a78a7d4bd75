import { CsvFileError } from '../csv-file-error.js';

/** For the row that starts on a line. */
export function tooManyColumns(maxColumns: number, line: number): CsvFileError {
  return new CsvFileError(
    'too_many_columns',
    `The row on line ${line} has more than ${maxColumns} columns. Remove columns that are not needed, or check that the file is a table.`,
    line,
  );
}

/** For a cell on a line. */
export function cellTooLong(maxCellLength: number, line: number): CsvFileError {
  return new CsvFileError(
    'cell_too_long',
    `A cell on line ${line} is longer than ${maxCellLength} characters. Shorten it, or check that the file is a table.`,
    line,
  );
}

/** For the row on a line, of a file of which the first row has that number in its upload. */
export function tooManyRows(firstRow: number, maxRows: number, line: number): CsvFileError {
  const message =
    firstRow === 1
      ? `The file has more than ${maxRows} rows. Split it into several files, each with the header row.`
      : `The files of the upload have more than ${maxRows} rows together. Send them in several uploads.`;
  return new CsvFileError('too_many_rows', message, line);
}
