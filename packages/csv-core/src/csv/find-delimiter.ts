import { CsvFileError } from '../csv-file-error.js';
import { HEADER_SEARCH_ROWS } from './find-header.js';
import { createCsvParser } from './parse.js';

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

/**
 * Finds the delimiter by reading the text with each candidate. The best candidate gives many rows with as many cells as
 * their header, with many cells in a row, and with few other candidates within cells.
 */
export function findDelimiter({ text, isWhole, isHeader }: DelimiterSample): Delimiter {
  const sample = text.slice(0, DELIMITER_SAMPLE_LENGTH);
  const wholeSample = isWhole && sample.length === text.length;
  let best = { value: ',', score: 0 };
  for (const value of CANDIDATES) {
    const score = scoreTable(readSample(sample, value, wholeSample), isHeader);
    if (score > best.score && (value === ',' || score >= LEAST_SCORE)) best = { value, score };
  }
  return { value: best.value, source: best.score > 0 ? 'content' : 'assumed' };
}

interface SampleRows {
  readonly rows: readonly (readonly string[])[];
  /** Lines of the last row that a quote keeps open at the end of the text. */
  readonly openLines: number;
}

function readSample(text: string, delimiter: string, isWhole: boolean): SampleRows {
  const rows: (readonly string[])[] = [];
  let lastLine = 1;
  // No limit, but a small integer: after one parser with a limit of Infinity, V8 runs all later ones slower.
  const limit = text.length + 1;
  const parser = createCsvParser({
    delimiter,
    maxColumns: limit,
    maxCellLength: limit,
    maxRowLength: limit,
    onRow(cells) {
      lastLine = parser.currentLine();
      if (cells.some((cell) => cell.trim() !== '')) rows.push(cells);
    },
  });
  parser.push(text);
  const openLines = parser.currentLine() - lastLine;
  // The end of the sample may cut off the last row, so it is left out unless it is the only one.
  const leaveOutLastRow = !isWhole && rows.length > 0;
  try {
    if (!leaveOutLastRow) parser.end();
  } catch (error) {
    if (!(error instanceof CsvFileError)) throw error;
  }
  return { rows, openLines };
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
