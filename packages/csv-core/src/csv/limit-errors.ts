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
