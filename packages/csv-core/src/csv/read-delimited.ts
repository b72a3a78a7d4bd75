import { DELIMITER_SAMPLE_LENGTH, type Delimiter, findDelimiter } from './find-delimiter.js';
import {
  type CsvParser,
  createCsvParser,
  DEFAULT_MAX_CELL_LENGTH,
  DEFAULT_MAX_COLUMNS,
  DEFAULT_MAX_ROW_LENGTH,
} from './parse.js';

export interface DelimitedReaderOptions {
  readonly delimiter?: string | undefined;
  readonly maxCellLength?: number | undefined;
  readonly maxRowLength?: number | undefined;
  readonly maxColumns?: number | undefined;
  isHeader?: ((cells: readonly string[]) => boolean) | undefined;
}

export interface DelimitedReader {
  /** @throws CsvFileError */
  push(text: string): void;
  /** @param isCut leaves out a row that is not complete. @throws CsvFileError */
  end(isCut: boolean): Delimiter;
  /** The line on which the text pushed so far ends, from 1. No more text than was pushed is then judged by. */
  currentLine(): number;
}

/** Excel's way to name the delimiter: a line of its own above the table. */
const SEP_LINE =
  /^(?:sep=([\t\x20-\x21\x23-\uffff])|"sep=([\t\x20-\x21\x23-\uffff])")[ \t]*(?:\r\n|\r|\n|$)/i;

/**
 * Parses text of which the delimiter may be unknown: holds back the first {@link DELIMITER_SAMPLE_LENGTH} units to find it.
 *
 * @throws RangeError when a delimiter is given that cannot separate cells
 */
export function createDelimitedReader(
  options: DelimitedReaderOptions,
  onRow: (cells: string[], line: number) => void,
): DelimitedReader {
  let held = '';
  let parser: CsvParser | null = null;
  let delimiter: Delimiter = { value: ',', source: 'assumed' };

  function openParser(value: string, firstLine: number): CsvParser {
    return createCsvParser({
      delimiter: value,
      firstLine,
      maxCellLength: options.maxCellLength ?? DEFAULT_MAX_CELL_LENGTH,
      maxRowLength: options.maxRowLength ?? DEFAULT_MAX_ROW_LENGTH,
      maxColumns: options.maxColumns ?? DEFAULT_MAX_COLUMNS,
      onRow,
    });
  }

  function start(isWhole: boolean): CsvParser {
    const [sepLine = '', plain, quoted] = SEP_LINE.exec(held) ?? [];
    const text = held.slice(sepLine.length);
    held = '';
    delimiter = decide(plain ?? quoted, text, isWhole);
    const opened = openParser(delimiter.value, sepLine === '' ? 1 : 2);
    parser = opened;
    opened.push(text);
    return opened;
  }

  function decide(named: string | undefined, text: string, isWhole: boolean): Delimiter {
    if (options.delimiter !== undefined) return { value: options.delimiter, source: 'requested' };
    if (named !== undefined) return { value: named, source: 'sep-line' };
    return findDelimiter({ text, isWhole, isHeader: options.isHeader });
  }

  // A delimiter that cannot be must be refused before there is text.
  if (options.delimiter !== undefined) openParser(options.delimiter, 1);

  return {
    push(text) {
      if (parser !== null) {
        parser.push(text);
        return;
      }
      held += text;
      if (held.length >= DELIMITER_SAMPLE_LENGTH) start(false);
    },
    end(isCut) {
      const whole = parser ?? start(!isCut);
      if (!isCut) whole.end();
      return delimiter;
    },
    currentLine: () => (parser ?? start(false)).currentLine(),
  };
}
