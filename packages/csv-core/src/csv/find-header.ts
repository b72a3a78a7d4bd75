import { CsvFileError } from '../csv-file-error.js';
import { isBlank, lengthWithoutBlankEnd, withoutBlankEnd } from './blank-cells.js';

/** How many of the first rows with text may be the header. */
export const HEADER_SEARCH_ROWS = 20;

/** A header row that was found. */
export interface FoundHeader {
  /** Without blank cells at its end. */
  readonly headers: readonly string[];
  /** The number of cells in the row, with blank cells at its end. */
  readonly width: number;
  /** Line of the row, from 1. */
  readonly line: number;
  /** Lines of the rows above it, which are titles and not data. */
  readonly titleLines: readonly number[];
  /** Rows below it that were read before it was found. */
  readonly rowsBelow: readonly PlacedRow[];
}

/** A row and the line on which it starts. */
export interface PlacedRow {
  readonly row: readonly string[];
  readonly line: number;
}

export interface HeaderFinderOptions {
  /** Whether a row is a known header. Default: no header is known, and the first row with text is the header. */
  isHeader?: ((cells: readonly string[]) => boolean) | undefined;
  /** The line of the header, from 1, as the sender states it. Default: found. */
  headerLine?: number | undefined;
  /** Most UTF-16 units of cell text to keep while no header is found. */
  readonly maxWaitingLength: number;
}

/** Finds the header of a file. Call `look` with each row from the first one on, until it returns the header. */
export interface HeaderFinder {
  /** The header, if it can be decided with this row; else null, and the row is kept. */
  look(row: readonly string[], line: number): FoundHeader | null;
  /** The header of a file that ends here. @throws CsvFileError `empty_file` or `no_header` */
  end(): FoundHeader;
}

/**
 * The header is the first row with text, unless a later one of the first {@link HEADER_SEARCH_ROWS} is a known header, or
 * the first one that is as wide as the rows below it: then the rows above it are titles. Rows with only blank cells are skipped, and blank cells at the end of the header
 * are removed.
 */
export function createHeaderFinder({
  isHeader,
  headerLine,
  maxWaitingLength,
}: HeaderFinderOptions): HeaderFinder {
  let sawRow = false;
  let waiting: PlacedRow[] = [];
  let waitingLength = 0;

  function find({ row, line }: PlacedRow, above: readonly PlacedRow[], rowsBelow: readonly PlacedRow[]) {
    waiting = [];
    const titleLines = above.map((title) => title.line);
    return { headers: withoutBlankEnd(row, 0), width: row.length, line, titleLines, rowsBelow };
  }

  function takeFirst(): FoundHeader | null {
    const at = widthBegins(waiting.map(({ row }) => row));
    const header = waiting[at];
    return header === undefined ? null : find(header, waiting.slice(0, at), waiting.slice(at + 1));
  }

  return {
    look(row, line) {
      sawRow = true;
      if (row.every(isBlank)) return null;
      if (headerLine !== undefined) {
        if (line >= headerLine) return find({ row, line }, waiting, []);
        waiting.push({ row: [], line });
        return null;
      }
      if (isHeader === undefined || isHeader(withoutBlankEnd(row, 0)))
        return find({ row, line }, waiting, []);
      waiting.push({ row, line });
      for (const cell of row) waitingLength += cell.length;
      const isEnough = waiting.length >= HEADER_SEARCH_ROWS || waitingLength >= maxWaitingLength;
      return isEnough ? takeFirst() : null;
    },
    end() {
      if (headerLine !== undefined && waiting.length > 0) throw noSuchLine(headerLine);
      const first = takeFirst();
      if (first === null) throw sawRow ? noHeader() : emptyFile();
      return first;
    },
  };
}

/** A narrower table may be a list, below which somebody has written more. */
const MIN_WIDTH = 3;

/**
 * The index of the row with which the table begins: 0, unless the rows above another one have at most half its cells, and that one
 * looks like a header and is as wide as most rows below it.
 */
function widthBegins(rows: readonly (readonly string[])[]): number {
  const widths = rows.map((row) => row.filter((cell) => !isBlank(cell)).length);
  const lengths = rows.map(lengthWithoutBlankEnd);
  for (const [index, row] of rows.entries()) {
    const width = widths[index] ?? 0;
    const below = lengths.slice(index + 1);
    const isAsWide =
      below.filter((length) => length <= width && length * 2 > width).length * 2 > below.length;
    if (index === 0 && isAsWide) return 0;
    const isWider = widths.slice(0, index).every((above) => above * 2 <= width);
    if (width >= MIN_WIDTH && isWider && isAsWide && looksLikeHeader(row)) return index;
  }
  return 0;
}

/** Whether all cells up to the last one are filled and different, and none is a number, a date or an address. */
function looksLikeHeader(row: readonly string[]): boolean {
  const cells = withoutBlankEnd(row, 0).map((cell) => cell.trim());
  return (
    new Set(cells).size === cells.length &&
    cells.every((cell) => cell !== '' && !/@|^[\d\s.,:/+-]+$/.test(cell))
  );
}

function noSuchLine(line: number): CsvFileError {
  return new CsvFileError(
    'no_header',
    `The file has no row on line ${line} or below it, where its header is said to be. Give the line of the row with the column names.`,
  );
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
