/**
 * Why a whole file is refused. The codes are stable: the API answers with them and clients depend on them.
 *
 * - `empty_file`: the file has no row
 * - `no_header`: the file has rows, but no cell with text
 * - `no_rows`: the file has a header, but no row below it
 * - `not_csv`: binary content, such as a PDF, an image or a zip
 * - `invalid_encoding`: bytes that are not valid in the encoding of the file, or a file cut off within a character
 * - `unterminated_quote`: a quote that is opened and never closed; `line` is where it opens
 * - `too_many_columns`, `cell_too_long`, `row_too_long`, `too_many_rows`: a limit of the reader
 * - `header_too_long`: the names of all columns together are longer than the limit; `line` is that of the header
 * - `order_too_long`: an order with more rows, or more text, than fit in a chunk; `line` is where it starts
 * - `quoted_twice`: each line is one cell in quotes that holds a row, except for `line`
 * - `second_header`: a second header below the first, with other columns; `line` is where it is
 */
export type CsvFileErrorCode =
  | 'empty_file'
  | 'no_header'
  | 'no_rows'
  | 'not_csv'
  | 'invalid_encoding'
  | 'unterminated_quote'
  | 'too_many_columns'
  | 'cell_too_long'
  | 'row_too_long'
  | 'too_many_rows'
  | 'header_too_long'
  | 'order_too_long'
  | 'quoted_twice'
  | 'second_header';

/**
 * A file that cannot be read: neither a bad row (a reject) nor an error of the program (a failure).
 * The message is for the person who sent the file: what is wrong and what to do.
 */
export class CsvFileError extends Error {
  override readonly name = 'CsvFileError';
  readonly code: CsvFileErrorCode;
  /** Line of the file with the problem, as a text editor counts, from 1; null when the problem has no line. */
  readonly line: number | null;

  constructor(code: CsvFileErrorCode, message: string, line: number | null = null) {
    super(message);
    this.code = code;
    this.line = line;
  }
}
