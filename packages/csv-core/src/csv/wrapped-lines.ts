import { CsvFileError } from '../csv-file-error.js';
import { isBlank } from './blank-cells.js';
import { type Delimiter, type DelimiterSample, findDelimiter, readSample } from './find-delimiter.js';
import { createCsvParser } from './parse.js';

/** With fewer cells a line is a text with punctuation, such as `Doe, John`, unless its header is known. */
const MIN_WIDTH = 3;

/**
 * The delimiter within lines that are each one cell in quotes, as in a file that was quoted twice: `"a,""b"",c"`. Null
 * unless all lines of the sample are such cells and hold as many cells as the first one, which looks like a header.
 *
 * @param outer the delimiter by which the text was divided into single cells
 */
export function findWrapped(sample: DelimiterSample, outer: Delimiter): Delimiter | null {
  const { isHeader } = sample;
  const { rows } = readSample(sample, { delimiter: outer.value, quotesAfterBlanks: false });
  const lines = rows.flatMap(([line = '', ...others]) => (others.every(isBlank) ? [line] : []));
  if (rows.length < 2 || lines.length < rows.length || rows.some(({ length }) => length > 1)) return null;
  const inner =
    outer.source === 'assumed' ? findDelimiter({ text: lines.join('\n'), isWhole: true, isHeader }) : outer;
  if (inner.source === 'assumed') return null;
  const cells = lines.map((line) => readLine(line, inner.value, 1));
  const header = cells[0] ?? [];
  const isWide = header.length >= MIN_WIDTH || (header.length > 1 && isHeader?.(header) === true);
  const isEven = cells.every((row) => row?.length === header.length);
  return isWide && isEven && areNames(header) ? inner : null;
}

/** Whether the cells are filled and different, and none has a quote in it or is a number. */
function areNames(cells: readonly string[]): boolean {
  return (
    new Set(cells).size === cells.length &&
    cells.every((cell) => !isBlank(cell) && !/"|^[\d\s.,:/+-]+$/.test(cell))
  );
}

/**
 * Takes the outer quotes off each row and divides what they hold.
 *
 * @throws CsvFileError `quoted_twice` for a row that is not one cell in quotes, or holds more than one row
 */
export function createUnwrapper(
  delimiter: string,
  onRow: (cells: string[], line: number) => void,
): (cells: string[], line: number) => void {
  return (cells, line) => {
    const [text = '', ...others] = cells;
    const row = others.every(isBlank) ? readLine(text, delimiter, line) : null;
    if (row === null) throw unlikeOthers(line);
    onRow(row, line);
  };
}

/** The cells of one line; null when it is not exactly one row. */
function readLine(text: string, delimiter: string, line: number): string[] | null {
  const rows: string[][] = [];
  const parser = createCsvParser({ delimiter, firstLine: line, onRow: (row) => rows.push(row) });
  try {
    parser.push(text);
    parser.end();
  } catch (error) {
    if (error instanceof CsvFileError && error.code === 'unterminated_quote') return null;
    throw error;
  }
  const [row = [''], ...more] = rows;
  return more.length === 0 ? row : null;
}

function unlikeOthers(line: number): CsvFileError {
  return new CsvFileError(
    'quoted_twice',
    `Each line of the file is one cell in quotes, which holds all cells of a row: a program has quoted the file twice. But line ${line} is written in another way. Take off the outer quotes, or export it again.`,
    line,
  );
}
