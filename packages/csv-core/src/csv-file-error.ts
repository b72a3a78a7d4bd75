/**
 * Why a whole file is refused. The codes are stable: the API turns them into a 4xx and clients match on them.
 *
 * - `empty_file`: no row at all
 * - `no_header`: rows, but not one cell with text
 * - `no_rows`: a header and nothing below it
 * - `not_csv`: binary content, such as a PDF, an image or a zip
 * - `invalid_encoding`: bytes that are no text in the encoding of the file, or a file cut off within a character
 * - `unterminated_quote`: a quote opened and never closed; `line` is where it opened
 * - `too_many_columns`, `cell_too_long`, `row_too_long`, `too_many_rows`: a limit of the reader
 * - `order_too_long`: an order of more consecutive rows than fit in a chunk; `line` is where it starts
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
  | 'order_too_long';

/**
 * A file that cannot be read, as opposed to a bad row (a reject) or a failure of ours.
 * The message is for the person who sent the file and says what to do.
 */
export class CsvFileError extends Error {
  override readonly name = 'CsvFileError';
  readonly code: CsvFileErrorCode;
  /** Line in the file as a text editor counts, from 1; null when no line is to blame. */
  readonly line: number | null;

  constructor(code: CsvFileErrorCode, message: string, line: number | null = null) {
    super(message);
    this.code = code;
    this.line = line;
  }
}
