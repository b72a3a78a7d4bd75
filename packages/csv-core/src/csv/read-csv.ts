import { createDecoder } from '../encoding/decode.js';
import type { Decoder } from '../encoding/find-encoding.js';
import { refuseBinary, SNIFF_LENGTH } from '../encoding/sniff-binary.js';
import { type EncodingDoubt, encodingName, type TextEncoding } from '../encoding/text-encoding.js';
import { DELIMITER_SAMPLE_LENGTH, type Delimiter } from './find-delimiter.js';
import { type OpenedParser, openParser } from './open-parser.js';
import type { OrderGrouping } from './order-grouping.js';
import { createTableReader, type TableOptions, type TableReader, type TableTotals } from './read-table.js';
import { keepCells, type RowChunk } from './row-chunk.js';

/** What only a reader of bytes needs to know. */
export interface TextOptions {
  /** Any label of the WHATWG Encoding Standard, such as `latin1` or `sjis`. Default: found from the bytes. */
  readonly encoding?: string | undefined;
  /** One UTF-16 unit between cells; not a quote or a line end. Default: found from the text. */
  readonly delimiter?: string | undefined;
  /** UTF-16 units in a row, delimiters and quotes included. Default 4,194,304. */
  readonly maxRowLength?: number | undefined;
}

export interface CsvReaderOptions extends TextOptions, TableOptions {
  /**
   * Called once, before the first chunk; `line` is the line of the header row, from 1. When it returns a grouping,
   * consecutive rows of one order never straddle two chunks.
   */
  readonly onHeader:
    | ((headers: readonly string[], line: number) => OrderGrouping | null | undefined)
    | ((headers: readonly string[], line: number) => void);
  onChunk(chunk: RowChunk): void;
}

/** What the bytes of a file turned out to be. */
export interface TextTotals {
  readonly encoding: TextEncoding;
  /** Null when nobody need look at how the file was decoded. */
  readonly doubt: EncodingDoubt | null;
  readonly delimiter: Delimiter;
}

export type CsvTotals = TableTotals & TextTotals;

export interface CsvReader<E = TableTotals> {
  /** Reads a piece of the file, of any size, before it returns; the bytes may be reused afterwards. */
  push(bytes: Uint8Array): void;
  /** Hands out the last chunk. */
  end(options?: EndOptions): E & TextTotals;
}

export interface EndOptions {
  /** The bytes were only the beginning of a file: a row that is not complete is left out, and no fault. Default false. */
  readonly isCut?: boolean | undefined;
}

/**
 * Reads a CSV file, pushed in pieces, into chunks of rows: finds its encoding, its delimiter and its header, and knows
 * nothing of what the columns mean (`openTextImport` does). The caller does the I/O and the waiting: callbacks run within `push` and `end`, so pushing no faster than the chunks are stored is
 * all the back-pressure there is to it. Memory holds the current chunk, the current row, and what of the file is needed
 * to judge it by (at most 1 MiB), never the file.
 *
 * `push` and `end` throw a CsvFileError when the file is to blame; the reader is of no use afterwards.
 *
 * @throws RangeError when `encoding` is not known, `delimiter` cannot separate cells, or `chunkRows` is not positive
 */
export function createCsvReader(options: CsvReaderOptions): CsvReader {
  return readBytes(
    options,
    createTableReader({
      ...options,
      // The parser checks the limits of cells before they are whole.
      maxColumns: undefined,
      maxCellLength: undefined,
      open({ headers, line }) {
        const grouping = options.onHeader(headers, line);
        const orders = typeof grouping === 'object' ? grouping : null;
        return { ...keepCells(), orders, end: (totals) => totals };
      },
    }),
  );
}

/** What to know of bytes and of the text in them. */
type BytesOptions = TextOptions & Pick<TableOptions, 'isHeader' | 'maxColumns' | 'maxCellLength'>;

/** Reads the bytes of a text into a table. */
export function readBytes<E>(options: BytesOptions, table: TableReader<E>): CsvReader<E> {
  if (options.encoding !== undefined) encodingName(options.encoding);
  // A delimiter that cannot be must be refused before there is text.
  if (options.delimiter !== undefined) openParser({ text: '', isWhole: false }, options, table.push);
  // The first bytes are held back until there are enough of them to tell what the file is, and the first text until
  // there is enough to tell the delimiter.
  const head = new Uint8Array(SNIFF_LENGTH);
  let headLength = 0;
  let heldText = '';
  let decoder: Decoder | null = null;
  let opened: OpenedParser | null = null;

  function openFile(): Decoder {
    const first = head.subarray(0, headLength);
    refuseBinary(first);
    decoder = createDecoder({ encoding: options.encoding, head: first, onText, currentLine });
    decoder.push(first);
    return decoder;
  }

  function onText(text: string): void {
    if (opened !== null) {
      opened.parser.push(text);
      return;
    }
    heldText += text;
    if (heldText.length >= DELIMITER_SAMPLE_LENGTH) parseHeld(false);
  }

  function parseHeld(isWhole: boolean): OpenedParser {
    opened = openParser({ text: heldText, isWhole }, options, table.push);
    const { parser, text } = opened;
    heldText = '';
    parser.push(text);
    return opened;
  }

  /** Who asks judges the delimiter by no more text than there is. */
  function currentLine(): number {
    return (opened ?? parseHeld(false)).parser.currentLine();
  }

  return {
    push(bytes) {
      if (decoder !== null) {
        decoder.push(bytes);
        return;
      }
      const taken = bytes.subarray(0, SNIFF_LENGTH - headLength);
      head.set(taken, headLength);
      headLength += taken.length;
      if (headLength === SNIFF_LENGTH) openFile().push(bytes.subarray(taken.length));
    },
    end({ isCut = false } = {}) {
      const whole = decoder ?? openFile();
      whole.end();
      const { parser, delimiter } = opened ?? parseHeld(!isCut);
      if (!isCut) parser.end();
      return { ...table.end(), encoding: whole.encoding(), doubt: whole.doubt(), delimiter };
    },
  };
}
