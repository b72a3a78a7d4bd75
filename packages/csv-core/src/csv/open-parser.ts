import { type Delimiter, findDelimiter } from './find-delimiter.js';
import {
  type CsvParser,
  createCsvParser,
  DEFAULT_MAX_CELL_LENGTH,
  DEFAULT_MAX_COLUMNS,
  DEFAULT_MAX_ROW_LENGTH,
} from './parse.js';

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
  const delimiter = decide(plain ?? quoted, { text, isWhole: first.isWhole }, options);
  const parser = createCsvParser({
    delimiter: delimiter.value,
    firstLine: sepLine === '' ? 1 : 2,
    maxCellLength: options.maxCellLength ?? DEFAULT_MAX_CELL_LENGTH,
    maxRowLength: options.maxRowLength ?? DEFAULT_MAX_ROW_LENGTH,
    maxColumns: options.maxColumns ?? DEFAULT_MAX_COLUMNS,
    onRow,
  });
  return { parser, delimiter, text };
}

function decide(
  named: string | undefined,
  first: FirstText,
  { delimiter, isHeader }: OpenParserOptions,
): Delimiter {
  if (delimiter !== undefined) return { value: delimiter, source: 'requested' };
  if (named !== undefined) return { value: named, source: 'sep-line' };
  return findDelimiter({ ...first, isHeader });
}
