import { CsvFileError } from '../csv-file-error.js';
import { lengthWithoutBlankEnd } from './blank-cells.js';
import { cellTooLong, tooManyColumns } from './limit-errors.js';

export interface CsvParserOptions {
  /** One UTF-16 unit that separates cells; not a quote or a line end. Default `,`. */
  readonly delimiter?: string | undefined;
  /** Most UTF-16 units in a cell; more are `cell_too_long`. Default 1,048,576. */
  readonly maxCellLength?: number | undefined;
  /** Most UTF-16 units in a row, with delimiters and quotes; more are `row_too_long`. Default 4,194,304. */
  readonly maxRowLength?: number | undefined;
  /**
   * Most cells in a row, not counting blank cells at its end; more are `too_many_columns`. With the blank cells a row
   * may have ten times as many. Default 2,000.
   */
  readonly maxColumns?: number | undefined;
  /** Whether a quote after blanks at the start of a cell opens quoted text, without the blanks. Default false. */
  readonly quotesAfterBlanks?: boolean | undefined;
  /** The line on which the text starts, from 1. Default 1. */
  readonly firstLine?: number | undefined;
  /**
   * Called for each row, in order, while `push` or `end` runs. The callee may keep the array.
   * `line` is the line on which the row starts, as a text editor counts, from 1.
   */
  onRow(row: string[], line: number): void;
}

export interface CsvParser {
  /** @throws CsvFileError when a limit is exceeded; the parser cannot be used afterwards */
  push(text: string): void;
  /** Hands out the last row. @throws CsvFileError `unterminated_quote` */
  end(): void;
  /** The line up to which the text has been read. */
  currentLine(): number;
  /** The cells so far that open with blanks and a quote; null when there are none. */
  blankQuotes(): BlankQuotes | null;
}

/** Cells that open with blanks and a quote, as in `a, "b, c"`, which RFC 4180 does not know. */
export interface BlankQuotes {
  /** Whether they were read as quoted text (`b, c`), else as they stand (` "b` and ` c"`). */
  readonly areRead: boolean;
  readonly count: number;
  /** The line of the first one, from 1. */
  readonly line: number;
  /** The line of the first one that goes on after its closing quote (`"Bob" Smith`); null when none was read so. */
  readonly openEndLine: number | null;
}

export const DEFAULT_MAX_CELL_LENGTH = 1_048_576;
export const DEFAULT_MAX_ROW_LENGTH = 4_194_304;
export const DEFAULT_MAX_COLUMNS = 2_000;
/** With blank cells at its end a row may have this many times `maxColumns` cells. */
const BLANK_COLUMNS_FACTOR = 10;

const QUOTE = '"';
const QUOTE_CODE = 34;
const LF_CODE = 10;
const CR_CODE = 13;
const SPACE_CODE = 32;
const TAB_CODE = 9;

/** The states of the parser: the part of a cell in which the text read so far ends. */
const AT_CELL_START = 0;
const IN_PLAIN_TEXT = 1;
const IN_QUOTES = 2;
/** After a quote within quotes. A second quote makes it a literal one; any other character ends the quoted text. */
const AFTER_QUOTE = 3;
/** After blanks at the start of a cell, which a quote may follow. */
const IN_BLANKS = 4;

/**
 * Reads CSV text that is pushed in pieces of any size, by RFC 4180. Where files break its rules:
 * - CRLF, LF and CR end a row, in any mixture; inside quotes they are kept as they are.
 * - A quote inside an unquoted cell is text: `5" nail` stays `5" nail`.
 * - Text after a closing quote is appended as it is: `"abc"def` reads `abcdef`. If that text ends in a quote, the first
 *   one was text: `"Lamp 5" red"` reads `Lamp 5" red`.
 * - A quote after blanks at the start of a cell is text, unless `quotesAfterBlanks` says that it opens quoted text.
 * - An empty line is not a row, but it counts as a line.
 *
 * Takes linear time however the text is split: each piece is read once, and only the cells of the unfinished row are
 * kept. A cell may be a slice of its piece and keep the whole piece in memory, so rows should not be collected.
 * The text must not begin with a byte order mark.
 *
 * @throws RangeError when the delimiter cannot separate cells
 */
export function createCsvParser(options: CsvParserOptions): CsvParser {
  const { onRow } = options;
  const delimiter = options.delimiter ?? ',';
  const maxCellLength = options.maxCellLength ?? DEFAULT_MAX_CELL_LENGTH;
  const maxRowLength = options.maxRowLength ?? DEFAULT_MAX_ROW_LENGTH;
  const maxColumns = options.maxColumns ?? DEFAULT_MAX_COLUMNS;
  const maxCells = maxColumns * BLANK_COLUMNS_FACTOR;
  const quotesAfterBlanks = options.quotesAfterBlanks ?? false;
  if (delimiter.length !== 1 || '"\r\n'.includes(delimiter)) {
    throw new RangeError('The delimiter must be one character other than a quote or a line end.');
  }

  const delimiterCode = delimiter.charCodeAt(0);
  let state = AT_CELL_START;
  let cells: string[] = [];
  let cell = '';
  // Length of the cell at its closing quote, or -1.
  let closedAt = -1;
  let line = options.firstLine ?? 1;
  let rowLine = line;
  let quoteLine = line;
  let rowLengthBefore = 0;
  let endedInCr = false;
  let isAfterBlanks = false;
  let blankQuotes = 0;
  let blankQuoteLine = line;
  let openEndLine: number | null = null;

  let text = '';
  let position = 0;
  let rowStart = 0;
  // The next of each at or after the position, or the length of the piece. Each only moves forward. Otherwise a file
  // with one column, or on a single line, would be searched to its end again for each cell.
  let nextDelimiter = 0;
  let nextQuote = 0;
  let nextLf = 0;
  let nextCr = 0;

  function find(character: string, from: number): number {
    const at = text.indexOf(character, from);
    return at === -1 ? text.length : at;
  }

  function nextLineEnd(from: number): number {
    if (nextLf < from) nextLf = find('\n', from);
    if (nextCr < from) nextCr = find('\r', from);
    return Math.min(nextLf, nextCr);
  }

  /** Checked while a row is read, so that memory is bounded. */
  function checkCells(count: number): void {
    if (count > maxCells) throw tooManyColumns(maxColumns, rowLine);
  }

  /** Checked when a row is complete: spreadsheets write thousands of blank cells for columns that were once used. */
  function checkColumns(row: readonly string[]): void {
    if (row.length > maxColumns && lengthWithoutBlankEnd(row) > maxColumns) {
      throw tooManyColumns(maxColumns, rowLine);
    }
  }

  function checkCell(length: number): void {
    if (length <= maxCellLength) return;
    const isQuoted = state === IN_QUOTES || state === AFTER_QUOTE;
    if (!isQuoted) throw cellTooLong(maxCellLength, line);
    throw new CsvFileError(
      'cell_too_long',
      `The cell that opens with a quotation mark on line ${quoteLine} is longer than ${maxCellLength} characters. Probably the mark is never closed: close or remove it.`,
      quoteLine,
    );
  }

  function checkRow(length: number): void {
    if (length > maxRowLength) {
      throw new CsvFileError(
        'row_too_long',
        `The row on line ${rowLine} is longer than ${maxRowLength} characters. Shorten it, or check that the file is a table.`,
        rowLine,
      );
    }
  }

  function append(end: number): void {
    if (end > position) {
      const part = text.slice(position, end);
      cell = cell === '' ? part : cell + part;
      checkCell(cell.length);
    }
    position = end;
  }

  function endCell(): void {
    if (isAfterBlanks) endAfterBlanks();
    cells.push(closedAt === -1 || cell.length === closedAt ? cell : withInnerQuote(cell, closedAt));
    cell = '';
    closedAt = -1;
    state = AT_CELL_START;
    checkCells(cells.length);
  }

  function endAfterBlanks(): void {
    isAfterBlanks = false;
    if (closedAt !== -1 && cell.slice(closedAt).trim() !== '') openEndLine ??= line;
  }

  /** Reads the blanks at the start of a cell up to what follows them. */
  function readBlanks(): void {
    let end = position;
    while (end < text.length && isBlankCode(text.charCodeAt(end))) end += 1;
    append(end);
    if (end === text.length) return;
    const isQuote = text.charCodeAt(end) === QUOTE_CODE;
    if (isQuote) {
      if (blankQuotes === 0) blankQuoteLine = line;
      blankQuotes += 1;
    }
    if (isQuote && quotesAfterBlanks) {
      cell = '';
      isAfterBlanks = true;
      openQuote();
    } else {
      state = IN_PLAIN_TEXT;
    }
  }

  function isBlankCode(code: number): boolean {
    return (code === SPACE_CODE || code === TAB_CODE) && code !== delimiterCode;
  }

  function openQuote(): void {
    state = IN_QUOTES;
    quoteLine = line;
    position += 1;
  }

  function skipLineEnd(): void {
    if (text.charCodeAt(position) === CR_CODE && text.charCodeAt(position + 1) === LF_CODE) position += 1;
    position += 1;
    rowStart = position;
    rowLengthBefore = 0;
    line += 1;
    rowLine = line;
  }

  function endRow(row: string[]): void {
    checkRow(rowLengthBefore + position - rowStart);
    checkColumns(row);
    const startedOn = rowLine;
    cells = [];
    skipLineEnd();
    onRow(row, startedOn);
  }

  /** Reads complete rows as long as they have no quotes. */
  function readPlainRows(): void {
    const length = text.length;
    for (;;) {
      const end = nextLineEnd(position);
      if (end === length) return;
      if (nextQuote < position) nextQuote = find(QUOTE, position);
      if (nextQuote < end) return;
      if (end === position) {
        skipLineEnd();
        continue;
      }
      const row = text.slice(position, end).split(delimiter);
      checkCells(row.length);
      if (end - position > maxCellLength) for (const { length: cellLength } of row) checkCell(cellLength);
      position = end;
      endRow(row);
    }
  }

  function readPlainText(): void {
    if (nextDelimiter < position) nextDelimiter = find(delimiter, position);
    const lineEnd = nextLineEnd(position);
    if (nextDelimiter < lineEnd) {
      append(nextDelimiter);
      endCell();
      position += 1;
    } else {
      append(lineEnd);
      if (lineEnd === text.length) return;
      endCell();
      endRow(cells);
    }
  }

  function readQuoted(): void {
    if (nextQuote < position) nextQuote = find(QUOTE, position);
    const end = nextQuote;
    countLines(end);
    append(end);
    if (end < text.length) {
      position += 1;
      state = AFTER_QUOTE;
    }
  }

  /** Counts the line ends within quotes, which do not end a row. */
  function countLines(end: number): void {
    for (let at = nextLineEnd(position); at < end; ) {
      line += 1;
      const isCrLf = at === nextCr && text.charCodeAt(at + 1) === LF_CODE;
      at = nextLineEnd(at + (isCrLf ? 2 : 1));
    }
  }

  function readCell(): void {
    if (state === AT_CELL_START) {
      const code = text.charCodeAt(position);
      if (code === QUOTE_CODE) openQuote();
      else state = isBlankCode(code) ? IN_BLANKS : IN_PLAIN_TEXT;
    } else if (state === AFTER_QUOTE) {
      if (text.charCodeAt(position) === QUOTE_CODE) {
        state = IN_QUOTES;
        cell += QUOTE;
        checkCell(cell.length);
        position += 1;
      } else {
        state = IN_PLAIN_TEXT;
        closedAt = cell.length;
      }
    }
    if (state === IN_BLANKS) readBlanks();
    if (state === IN_PLAIN_TEXT) readPlainText();
    else if (state === IN_BLANKS) return;
    else if (position < text.length) readQuoted();
  }

  /** Counts CR and LF as one line end when they are in two pieces. */
  function joinCrLf(): void {
    if (!endedInCr || text.charCodeAt(0) !== LF_CODE) return;
    if (state === IN_QUOTES) {
      // The LF belongs to the cell, but its line was already counted with the CR.
      line -= 1;
    } else {
      position = 1;
      rowStart = 1;
    }
  }

  return {
    push(piece) {
      if (piece === '') return;
      text = piece;
      position = 0;
      rowStart = 0;
      joinCrLf();
      nextDelimiter = nextQuote = nextLf = nextCr = -1;
      while (position < text.length) {
        if (state === AT_CELL_START && cells.length === 0) {
          readPlainRows();
          if (position === text.length) break;
        }
        readCell();
      }
      rowLengthBefore += text.length - rowStart;
      checkRow(rowLengthBefore);
      endedInCr = text.charCodeAt(text.length - 1) === CR_CODE;
      text = '';
    },

    end() {
      if (state === IN_QUOTES) {
        throw new CsvFileError(
          'unterminated_quote',
          `The quotation mark opened on line ${quoteLine} is never closed. Close or remove it and send the file again.`,
          quoteLine,
        );
      }
      if (state === AT_CELL_START && cells.length === 0) return;
      endCell();
      const row = cells;
      cells = [];
      checkColumns(row);
      onRow(row, rowLine);
    },

    currentLine: () => line,

    blankQuotes: () =>
      blankQuotes === 0
        ? null
        : { areRead: quotesAfterBlanks, count: blankQuotes, line: blankQuoteLine, openEndLine },
  };
}

/**
 * Puts back a quote that seemed to close a cell, where the cell goes on and ends in another quote. Two quoted texts in
 * one cell (`"a" "b"`) are left as they are.
 */
function withInnerQuote(cell: string, closedAt: number): string {
  const rest = cell.slice(closedAt);
  if (!rest.endsWith(QUOTE) || rest.trimStart().startsWith(QUOTE)) return cell;
  return `${cell.slice(0, closedAt)}${QUOTE}${rest.slice(0, -1)}`;
}
