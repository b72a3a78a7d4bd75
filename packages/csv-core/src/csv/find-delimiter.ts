import { CsvFileError } from '../csv-file-error.js';
import { HEADER_SEARCH_ROWS } from './find-header.js';
import { createCsvParser } from './parse.js';

/** What separates the cells of a file and how it was found. */
export interface Delimiter {
  /** One UTF-16 unit. */
  readonly value: string;
  /**
   * - `requested`: the caller said so
   * - `sep-line`: the first line is Excel's `sep=`
   * - `content`: the rows show it
   * - `assumed`: the rows have one cell each, or there are none
   */
  readonly source: 'requested' | 'sep-line' | 'content' | 'assumed';
}

/** UTF-16 units of text to judge by. */
export const DELIMITER_SAMPLE_LENGTH = 65_536;

export interface DelimiterSample {
  /** The text from the start of the file. */
  readonly text: string;
  /** Whether the file ends with the text. */
  readonly isWhole: boolean;
  /** Whether a row is surely a header. */
  isHeader?: ((cells: readonly string[]) => boolean) | undefined;
}

/** The first one wins a tie. */
const CANDIDATES = [',', ';', '\t', '|'];

/** A comma between digits is a decimal one; any other mark of a candidate within a cell is odd. */
const ODD_CELL = /[;\t|]|(?:^|\D),|,(?:\D|$)/;

/** Below this the rows of another delimiter than the comma look like chance: a column of notes has some semicolons. */
const LEAST_SCORE = 0.15;
/** A table that begins below other lines is less likely than one that does not. */
const BELOW_TITLES = 0.5;
/** A row that is surely a header decides. */
const KNOWN_HEADER = 10;

/**
 * Finds the delimiter by reading the text with each candidate: the best one gives many rows as long as their header, of
 * many cells, without marks of other delimiters in them.
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
  /** Lines of the last row, if a quote is open in it where the text ends. */
  readonly openLines: number;
}

function readSample(text: string, delimiter: string, isWhole: boolean): SampleRows {
  const rows: (readonly string[])[] = [];
  let lastLine = 1;
  // Out of reach, yet not Infinity: one parser with limits that are no small integers makes all later ones slower.
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
  // A row cut off by the end of the sample has too few cells, but the only one is better than none.
  const cutRow = !isWhole && rows.length > 0;
  try {
    if (!cutRow) parser.end();
  } catch (error) {
    if (!(error instanceof CsvFileError)) throw error;
  }
  return { rows, openLines };
}

/** How much the rows look like a table under one of the first of them, from 0 (not at all). */
function scoreTable({ rows, openLines }: SampleRows, isHeader: DelimiterSample['isHeader']): number {
  const tidiness = 1 - shareOfOddCells(rows) / 2;
  // An open quote has swallowed the rest of the sample: the wrong candidate, or a long cell just there.
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

/** Rows as wide as the header; those that end early count half. */
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
