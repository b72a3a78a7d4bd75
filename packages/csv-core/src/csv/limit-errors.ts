import { CsvFileError } from '../csv-file-error.js';

/** @param line the line on which the row starts */
export function tooManyColumns(maxColumns: number, line: number): CsvFileError {
  return new CsvFileError(
    'too_many_columns',
    `The row on line ${line} has more than ${maxColumns} columns. Remove columns that are not needed, or check that the file is a table.`,
    line,
  );
}

/** @param line the line of the cell */
export function cellTooLong(maxCellLength: number, line: number): CsvFileError {
  return new CsvFileError(
    'cell_too_long',
    `A cell on line ${line} is longer than ${maxCellLength} characters. Shorten it, or check that the file is a table.`,
    line,
  );
}

/**
 * @param maxHeaderLength of all names together, in UTF-16 units
 * @param line the line of the header
 */
export function headerTooLong(
  headers: readonly string[],
  maxHeaderLength: number,
  line: number,
): CsvFileError {
  const longest = headers.reduce((most, header) => Math.max(most, header.length), 0);
  return new CsvFileError(
    'header_too_long',
    `The header on line ${line} is longer than ${maxHeaderLength} characters: it has ${headers.length} columns, and the longest name has ${longest} characters. Shorten the names or remove columns that are not needed.`,
    line,
  );
}

/**
 * @param firstRow number of the file's first row in the upload; more than 1 when other files come before it
 * @param line the line of the first row that is too many
 */
export function tooManyRows(firstRow: number, maxRows: number, line: number): CsvFileError {
  const message =
    firstRow === 1
      ? `The file has more than ${maxRows} rows. Split it into several files, each with the header row.`
      : `The files of the upload have more than ${maxRows} rows together. Send them in several uploads.`;
  return new CsvFileError('too_many_rows', message, line);
}
