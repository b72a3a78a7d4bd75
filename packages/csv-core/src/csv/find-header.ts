import { CsvFileError } from '../csv-file-error.js';
import { isBlank, withoutBlankEnd } from './blank-cells.js';

/** Rows with text among which a header is looked for. */
export const HEADER_SEARCH_ROWS = 20;

/** A header row that was found. */
export interface FoundHeader {
  /** Without blank cells at its end. */
  readonly headers: readonly string[];
  /** Cells of the row as it is written. */
  readonly width: number;
  /** Line of the row, from 1. */
  readonly line: number;
  /** Lines of the rows above it, which are no data. */
  readonly titleLines: readonly number[];
}

export interface HeaderFinderOptions {
  /** Whether a row is surely a header. Default: nothing is known, and the first row with text is the header. */
  isHeader?: ((cells: readonly string[]) => boolean) | undefined;
  /** UTF-16 units of cell text that may wait for a header. */
  readonly maxWaitingLength: number;
  /** Called once. */
  onHeader(found: FoundHeader): void;
  /** Called for each row with text below the header. */
  onRow(row: readonly string[], line: number): void;
}

export interface HeaderFinder {
  push(row: readonly string[], line: number): void;
  /** @throws CsvFileError `empty_file` or `no_header` */
  end(): void;
}

/**
 * Tells the header from title lines above it and from the rows below it. The header is the first row with text,
 * unless `isHeader` knows a later one of the first {@link HEADER_SEARCH_ROWS}. Rows of which every cell is blank are
 * skipped wherever they stand; blank cells at the end of the header are dropped.
 */
export function createHeaderFinder(options: HeaderFinderOptions): HeaderFinder {
  const { isHeader, maxWaitingLength, onHeader, onRow } = options;
  let found = false;
  let sawRow = false;
  let waiting: { readonly row: readonly string[]; readonly line: number }[] = [];
  let waitingLength = 0;

  function find(row: readonly string[], line: number, titleLines: readonly number[]): void {
    found = true;
    waiting = [];
    onHeader({ headers: withoutBlankEnd(row, 0), width: row.length, line, titleLines });
  }

  function takeFirst(): void {
    const [first, ...rest] = waiting;
    if (first === undefined) return;
    find(first.row, first.line, []);
    for (const { row, line } of rest) onRow(row, line);
  }

  function look(row: readonly string[], line: number): void {
    if (isHeader === undefined || isHeader(withoutBlankEnd(row, 0))) {
      find(
        row,
        line,
        waiting.map((title) => title.line),
      );
      return;
    }
    waiting.push({ row, line });
    for (const cell of row) waitingLength += cell.length;
    if (waiting.length >= HEADER_SEARCH_ROWS || waitingLength >= maxWaitingLength) takeFirst();
  }

  return {
    push(row, line) {
      sawRow = true;
      if (row.every(isBlank)) return;
      if (found) onRow(row, line);
      else look(row, line);
    },
    end() {
      if (found) return;
      if (waiting.length === 0) throw sawRow ? noHeader() : emptyFile();
      takeFirst();
    },
  };
}

function emptyFile(): CsvFileError {
  return new CsvFileError('empty_file', 'The file is empty. Export it again and send the new file.');
}

function noHeader(): CsvFileError {
  return new CsvFileError(
    'no_header',
    'The file has no header: all its cells are blank. Send the export with its first row, the column names.',
  );
}
