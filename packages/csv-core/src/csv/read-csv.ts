import { createDecoder } from './decode.js';
import type { Delimiter } from './find-delimiter.js';
import type { Decoder } from './find-encoding.js';
import { createDelimitedReader } from './read-delimited.js';
import {
  type CellRows,
  createTableReader,
  type PackedRows,
  type RowOptions,
  type TableOptions,
  type TableReader,
  type TableTotals,
} from './read-table.js';
import { refuseBinary, SNIFF_LENGTH } from './sniff-binary.js';
import { type EncodingDoubt, encodingName, type TextEncoding } from './text-encoding.js';

/** What only a reader of bytes needs to know. */
export interface TextOptions {
  /** Any label of the WHATWG Encoding Standard, such as `latin1` or `sjis`. Default: found from the bytes. */
  readonly encoding?: string | undefined;
  /** One UTF-16 unit between cells; not a quote or a line end. Default: found from the text. */
  readonly delimiter?: string | undefined;
  /** UTF-16 units in a row, delimiters and quotes included. Default 4,194,304. */
  readonly maxRowLength?: number | undefined;
}

export type CsvOptions = TextOptions & TableOptions;

export type CsvReaderOptions<T = readonly string[]> = CsvOptions & RowOptions<T>;

/** What a file turned out to be. */
export interface CsvTotals extends TableTotals {
  readonly encoding: TextEncoding;
  /** Null when nobody need look at how the file was decoded. */
  readonly doubt: EncodingDoubt | null;
  readonly delimiter: Delimiter;
}

export interface CsvReader {
  /** Reads a piece of the file, of any size, before it returns; the bytes may be reused afterwards. */
  push(bytes: Uint8Array): void;
  /** Hands out the last chunk. */
  end(options?: EndOptions): CsvTotals;
}

export interface EndOptions {
  /** The bytes were only the beginning of a file: a row that is not complete is left out, and no fault. Default false. */
  readonly isCut?: boolean | undefined;
}

/**
 * Reads a CSV file, pushed in pieces, into chunks of rows: finds its encoding, its delimiter and its header. The caller
 * does the I/O and the waiting: callbacks run within `push` and `end`, so pushing no faster than the chunks are stored is
 * all the back-pressure there is to it. Memory holds the current chunk, the current row, and what of the file is needed
 * to judge it by (at most 1 MiB), never the file.
 *
 * `push` and `end` throw a CsvFileError when the file is to blame; the reader is of no use afterwards.
 *
 * @throws RangeError when `encoding` is not known, `delimiter` cannot separate cells, or `chunkRows` is not positive
 */
export function createCsvReader(options: CsvOptions & CellRows): CsvReader;
export function createCsvReader<T>(options: CsvOptions & PackedRows<T>): CsvReader;
export function createCsvReader<T>(options: CsvOptions & (CellRows | PackedRows<T>)): CsvReader {
  const { encoding } = options;
  if (encoding !== undefined) encodingName(encoding);
  // The parser checks the limits of cells before they are whole.
  const rowsOnly = { maxColumns: undefined, maxCellLength: undefined };
  const table =
    options.packRow === undefined
      ? createTableReader({ ...options, ...rowsOnly })
      : createTableReader({ ...options, ...rowsOnly });
  return readBytes(options, table);
}

function readBytes(options: CsvOptions, table: TableReader): CsvReader {
  const text = createDelimitedReader(options, table.push);
  // The first bytes are held back until there are enough of them to tell what the file is.
  const head = new Uint8Array(SNIFF_LENGTH);
  let held = 0;
  let decoder: Decoder | null = null;

  function openFile(): Decoder {
    const first = head.subarray(0, held);
    refuseBinary(first);
    const opened = createDecoder({
      encoding: options.encoding,
      head: first,
      onText: text.push,
      currentLine: text.currentLine,
    });
    decoder = opened;
    opened.push(first);
    return opened;
  }

  return {
    push(bytes) {
      if (decoder !== null) {
        decoder.push(bytes);
        return;
      }
      const taken = bytes.subarray(0, SNIFF_LENGTH - held);
      head.set(taken, held);
      held += taken.length;
      if (held === SNIFF_LENGTH) openFile().push(bytes.subarray(taken.length));
    },
    end({ isCut = false } = {}) {
      const whole = decoder ?? openFile();
      whole.end();
      const delimiter = text.end(isCut);
      return { ...table.end(), encoding: whole.encoding(), doubt: null, delimiter };
    },
  };
}
