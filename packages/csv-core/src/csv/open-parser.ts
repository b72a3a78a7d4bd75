import { type Delimiter, type DelimiterSample, findDivision } from './find-delimiter.js';
import {
  type CsvParser,
  createCsvParser,
  DEFAULT_MAX_CELL_LENGTH,
  DEFAULT_MAX_COLUMNS,
  DEFAULT_MAX_ROW_LENGTH,
} from './parse.js';
import { createUnwrapper, findWrapped } from './wrapped-lines.js';

export interface OpenParserOptions {
  readonly delimiter?: string | undefined;
  readonly maxCellLength?: number | undefined;
  readonly maxRowLength?: number | undefined;
  readonly maxColumns?: number | undefined;
  isHeader?: ((cells: readonly string[]) => boolean) | undefined;
}

/** The text from the start of a file. */
export interface FirstText {
  readonly text: string;
  /** Whether the file ends with it. */
  readonly isWhole: boolean;
}

/** A parser whose delimiter is known. */
export interface OpenedParser {
  readonly parser: CsvParser;
  readonly delimiter: Delimiter;
  /** Whether each line is one cell in quotes, which are taken off. */
  readonly isWrapped: boolean;
  /** The first text without a `sep=` line: the text to parse. */
  readonly text: string;
}

/** The line above the table with which Excel names the delimiter. */
const SEP_LINE =
  /^(?:sep=([\t\x20-\x21\x23-\uffff])|"sep=([\t\x20-\x21\x23-\uffff])")[ \t]*(?:\r\n|\r|\n|$)/i;

/**
 * Opens a parser. Unless the options or a `sep=` line name the delimiter, it is found in the first text.
 *
 * @throws RangeError when the options name a delimiter that cannot separate cells
 */
export function openParser(
  first: FirstText,
  options: OpenParserOptions,
  onRow: (cells: string[], line: number) => void,
): OpenedParser {
  const [sepLine = '', plain, quoted] = SEP_LINE.exec(first.text) ?? [];
  const text = first.text.slice(sepLine.length);
  const sample = { text, isWhole: first.isWhole, isHeader: options.isHeader };
  const { delimiter, quotesAfterBlanks, isWrapped } = findDialect(
    sample,
    namedDelimiter(options, plain ?? quoted),
  );
  const parser = createCsvParser({
    delimiter: delimiter.value,
    quotesAfterBlanks,
    firstLine: sepLine === '' ? 1 : 2,
    maxCellLength: options.maxCellLength ?? DEFAULT_MAX_CELL_LENGTH,
    maxRowLength: options.maxRowLength ?? DEFAULT_MAX_ROW_LENGTH,
    maxColumns: options.maxColumns ?? DEFAULT_MAX_COLUMNS,
    onRow: isWrapped ? createUnwrapper(delimiter.value, onRow) : onRow,
  });
  return { parser, delimiter, isWrapped, text };
}

function namedDelimiter(
  { delimiter }: OpenParserOptions,
  inSepLine: string | undefined,
): Delimiter | undefined {
  if (delimiter !== undefined) return { value: delimiter, source: 'requested' };
  return inSepLine === undefined ? undefined : { value: inSepLine, source: 'sep-line' };
}

/** How a file writes its cells. */
function findDialect(sample: DelimiterSample, named: Delimiter | undefined) {
  const division = findDivision(sample, named);
  const wrapped = division.delimiter.source === 'content' ? null : findWrapped(sample, division.delimiter);
  if (wrapped === null) return { ...division, isWrapped: false };
  return { delimiter: wrapped, quotesAfterBlanks: false, isWrapped: true };
}
