import { CsvFileError } from '../csv-file-error.js';
import { HEADER_SEARCH_ROWS } from './find-header.js';
import { type BlankQuotes, createCsvParser } from './parse.js';

/** The delimiter of a file, and how it was found. */
export interface Delimiter {
  /** One UTF-16 unit. */
  readonly value: string;
  /**
   * - `requested`: the caller named it
   * - `sep-line`: it is named by Excel's `sep=` in the first line
   * - `content`: it was found by reading rows
   * - `assumed`: the rows have one cell each, or there are no rows
   */
  readonly source: 'requested' | 'sep-line' | 'content' | 'assumed';
}

/** UTF-16 units of text by which the delimiter is found. */
export const DELIMITER_SAMPLE_LENGTH = 65_536;

export interface DelimiterSample {
  /** The text from the start of the file. */
  readonly text: string;
  /** Whether the file ends with the text. */
  readonly isWhole: boolean;
  /** Whether a row is a known header. */
  isHeader?: ((cells: readonly string[]) => boolean) | undefined;
}

/** Of candidates with the same score, the first one is chosen. */
const CANDIDATES = [',', ';', '\t', '|'];

/** A cell with a candidate in it. A comma between digits does not count, because it is a decimal comma. */
const ODD_CELL = /[;\t|]|(?:^|\D),|,(?:\D|$)/;

/** Below this score a delimiter other than the comma is there by chance, as semicolons in a column of notes. */
const LEAST_SCORE = 0.15;
/** Factor for a table that begins below other lines, which is less likely. */
const BELOW_TITLES = 0.5;
/** Factor for a known header, which decides. */
const KNOWN_HEADER = 10;

/** How to divide a text into cells. */
export interface Division {
  readonly delimiter: Delimiter;
  /** Whether a quote after blanks at the start of a cell opens quoted text. */
  readonly quotesAfterBlanks: boolean;
}

/**
 * Finds the delimiter by reading the text with each candidate. The best candidate gives many rows with as many cells as
 * their header, with many cells in a row, and with few other candidates within cells. Where no candidate divides the
 * header and all its cells are in quotes, what stands between the quotes is the delimiter: `"a"#"b"`.
 */
export function findDelimiter(sample: DelimiterSample): Delimiter {
  return findDivision(sample).delimiter;
}

/**
 * Finds the delimiter, and whether quotes after blanks open quoted text: where it makes a table of the text in which no
 * row is wider than the header, and each such cell ends with its closing quote.
 *
 * @param named the delimiter, where it need not be found
 */
export function findDivision(sample: DelimiterSample, named?: Delimiter): Division {
  let best = { value: ',', score: 0, quotesAfterBlanks: false };
  for (const value of named === undefined ? CANDIDATES : [named.value]) {
    for (const quotesAfterBlanks of mayHaveBlankQuotes(sample.text) ? [true, false] : [false]) {
      const rows = readSample(sample, { delimiter: value, quotesAfterBlanks });
      if (quotesAfterBlanks && !isSure(rows)) continue;
      const score = scoreTable(rows, sample.isHeader);
      if (score > best.score && (value === ',' || score >= LEAST_SCORE))
        best = { value, score, quotesAfterBlanks };
    }
  }
  const { quotesAfterBlanks } = best;
  if (named !== undefined) return { delimiter: named, quotesAfterBlanks };
  if (best.score > 0) return { delimiter: { value: best.value, source: 'content' }, quotesAfterBlanks };
  const between = delimiterBetweenQuotes(sample);
  const delimiter: Delimiter =
    between === null ? { value: ',', source: 'assumed' } : { value: between, source: 'content' };
  return { delimiter, quotesAfterBlanks: false };
}

const mayHaveBlankQuotes = (text: string) => /[^\S\r\n]"/.test(text);

function isSure({ rows, blankQuotes }: SampleRows): boolean {
  return blankQuotes !== null && blankQuotes.openEndLine === null && isEven(rows);
}

/** Whether no row is wider than the first one, and most are as wide. */
function isEven(rows: readonly (readonly string[])[]): boolean {
  const width = rows[0]?.length ?? 0;
  const even = rows.filter(({ length }) => length === width).length;
  return width > 1 && even * 2 > rows.length && rows.every(({ length }) => length <= width);
}

/** The first line, of cells that are all in quotes, and one sign between the first two. */
const QUOTED_LINE = /^\s*"(?:[^"\r\n]|"")*"([^\p{L}\p{N}"\s]|[^\S\r\n])"[^\r\n]*"[^\S\r\n]*(?:[\r\n]|$)/u;

function delimiterBetweenQuotes(sample: DelimiterSample): string | null {
  const [, value = ''] = QUOTED_LINE.exec(sample.text) ?? [];
  if (value.length !== 1) return null;
  const { rows } = readSample(sample, { delimiter: value, quotesAfterBlanks: false });
  return isEven(rows) ? value : null;
}

export interface SampleRows {
  readonly rows: readonly (readonly string[])[];
  /** Lines of the last row that a quote keeps open at the end of the text. */
  readonly openLines: number;
  readonly blankQuotes: BlankQuotes | null;
}

interface SampleOptions {
  readonly delimiter: string;
  readonly quotesAfterBlanks: boolean;
}

/**
 * Reads the rows of the first {@link DELIMITER_SAMPLE_LENGTH} units of a text, except blank ones and a last one that the
 * end of the sample may cut off.
 */
export function readSample(
  { text, isWhole }: DelimiterSample,
  { delimiter, quotesAfterBlanks }: SampleOptions,
): SampleRows {
  const sample = text.slice(0, DELIMITER_SAMPLE_LENGTH);
  const rows: (readonly string[])[] = [];
  let lastLine = 1;
  // No limit, but a small integer: after one parser with a limit of Infinity, V8 runs all later ones slower.
  const limit = sample.length + 1;
  const parser = createCsvParser({
    delimiter,
    quotesAfterBlanks,
    maxColumns: limit,
    maxCellLength: limit,
    maxRowLength: limit,
    onRow(cells) {
      lastLine = parser.currentLine();
      if (cells.some((cell) => cell.trim() !== '')) rows.push(cells);
    },
  });
  parser.push(sample);
  const openLines = parser.currentLine() - lastLine;
  // The end of the sample may cut off the last row, so it is left out unless it is the only one.
  const leaveOutLastRow = (!isWhole || sample.length < text.length) && rows.length > 0;
  try {
    if (!leaveOutLastRow) parser.end();
  } catch (error) {
    if (!(error instanceof CsvFileError)) throw error;
  }
  return { rows, openLines, blankQuotes: parser.blankQuotes() };
}

/** How much the rows look like a table whose header is one of the first rows; 0 is the least. */
function scoreTable({ rows, openLines }: SampleRows, isHeader: DelimiterSample['isHeader']): number {
  const tidiness = 1 - shareOfOddCells(rows) / 2;
  // The lines within an open quote count against the candidate, but at most as much as the rows read.
  const total = rows.length + Math.min(openLines, rows.length);
  const seen = new Set<number>();
  let best = 0;
  for (const [index, header] of rows.slice(0, HEADER_SEARCH_ROWS).entries()) {
    const width = header.length;
    if (width < 2) continue;
    const known = isHeader?.(header) ?? false;
    if (seen.has(width) && !known) continue;
    seen.add(width);
    const place = known ? KNOWN_HEADER : index === 0 ? 1 : BELOW_TITLES;
    const agreement = countAgreeing(rows.slice(index), width) / total;
    best = Math.max(best, agreement * (1 - 1 / width) * place * tidiness);
  }
  return best;
}

/** Counts rows as wide as the header; a shorter row counts half. */
function countAgreeing(rows: readonly (readonly string[])[], width: number): number {
  let count = 0;
  for (const { length } of rows) {
    if (length === width) count += 1;
    else if (length > 1 && length < width) count += 0.5;
  }
  return count;
}

function shareOfOddCells(rows: readonly (readonly string[])[]): number {
  let cells = 0;
  let odd = 0;
  for (const row of rows) {
    cells += row.length;
    for (const cell of row) if (ODD_CELL.test(cell)) odd += 1;
  }
  return cells === 0 ? 0 : odd / cells;
}
