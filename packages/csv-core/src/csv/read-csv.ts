import { createDecoder } from '../encoding/decode.js';
import type { Decoder } from '../encoding/find-encoding.js';
import { refuseBinary, SNIFF_LENGTH } from '../encoding/sniff-binary.js';
import { type EncodingDoubt, encodingName, type TextEncoding } from '../encoding/text-encoding.js';
import { inOneStep, runAtOnce, type Steps } from '../steps.js';
import { DELIMITER_SAMPLE_LENGTH, type Delimiter } from './find-delimiter.js';
import type { PlacedRow } from './find-header.js';
import { type OpenedParser, openParser } from './open-parser.js';
import type { OrderGrouping } from './order-grouping.js';
import type { BlankQuotes } from './parse.js';
import { createTableReader, type TableOptions, type TableReader, type TableTotals } from './read-table.js';
import { keepCells, type RowChunk } from './row-chunk.js';

/** The options that only a reader of bytes has. */
export interface TextOptions {
  /** A label of the WHATWG Encoding Standard, such as `latin1` or `sjis`. Default: found from the bytes. */
  readonly encoding?: string | undefined;
  /** One UTF-16 unit that separates cells; not a quote or a line end. Default: found from the text. */
  readonly delimiter?: string | undefined;
  /** Most UTF-16 units in a row, with delimiters and quotes. Default 4,194,304. */
  readonly maxRowLength?: number | undefined;
}

export interface CsvReaderOptions extends TextOptions, TableOptions {
  /**
   * Called once, before the first chunk; `line` is the line of the header row, from 1. When it returns a grouping,
   * consecutive rows of one order are never split between two chunks.
   */
  readonly onHeader:
    | ((headers: readonly string[], line: number) => OrderGrouping | null | undefined)
    | ((headers: readonly string[], line: number) => void);
  onChunk(chunk: RowChunk): void;
}

/** What was found in the bytes of a file. */
export interface TextTotals {
  readonly encoding: TextEncoding;
  /** Why a person should check how the file was decoded; null when there is no reason. */
  readonly doubt: EncodingDoubt | null;
  readonly delimiter: Delimiter;
  readonly quoting: Quoting;
}

/** How the quotes of a file differ from those of RFC 4180. */
export interface Quoting {
  /** Whether each line was one cell in quotes (`"a,""b"",c"`), which were taken off. */
  readonly isWrapped: boolean;
  /** Cells that open with blanks and a quote; null when there are none. */
  readonly blankQuotes: BlankQuotes | null;
}

export type CsvTotals = TableTotals & TextTotals;

export interface CsvReader {
  /** Reads a piece of the file, of any size. The bytes may be reused afterwards. */
  push(bytes: Uint8Array): void;
  /** Hands out the last chunk. */
  end(options?: EndOptions): CsvTotals;
}

/** A reader of bytes that stops after each row. */
export interface BytesReader<E> {
  pushInSteps(bytes: Uint8Array): Steps<void>;
  endInSteps(options?: EndOptions): Steps<E & TextTotals>;
}

export interface EndOptions {
  /** Whether the bytes are only the first part of a file. Then an incomplete last row is left out. Default false. */
  readonly isCut?: boolean | undefined;
}

/**
 * Reads a CSV file, which is pushed in pieces, into chunks of rows. Finds its encoding, its delimiter and its header,
 * but not the meaning of its columns (`openTextImport` does).
 *
 * The caller does the I/O. Callbacks run while `push` and `end` run, so for back-pressure the caller stores each chunk
 * before it pushes on. Memory holds the current chunk, the current row, and at most 1 MiB of the file to find its
 * encoding and delimiter, never the whole file.
 *
 * `push` and `end` throw a CsvFileError for a file that cannot be read. The reader cannot be used afterwards.
 *
 * @throws RangeError when `encoding` is not known, `delimiter` cannot separate cells, or `chunkRows` is not positive
 */
export function createCsvReader(options: CsvReaderOptions): CsvReader {
  const reader = readBytes(
    options,
    createTableReader({
      ...options,
      // The parser checks these limits, before a cell is complete.
      maxColumns: undefined,
      maxCellLength: undefined,
      open({ headers, line }) {
        const grouping = options.onHeader(headers, line);
        const orders = typeof grouping === 'object' ? grouping : null;
        return inOneStep({ ...keepCells(), orders, end: inOneStep<TableTotals> });
      },
    }),
  );
  return {
    push: (bytes) => runAtOnce(reader.pushInSteps(bytes)),
    end: (endOptions) => runAtOnce(reader.endInSteps(endOptions)),
  };
}

/** The options for reading bytes. */
type BytesOptions = TextOptions & Pick<TableOptions, 'isHeader' | 'maxColumns' | 'maxCellLength'>;

/** How many bytes are parsed at once, before their rows are read one by one. */
const PIECE_BYTES = 65_536;

/** Reads the bytes of a text file into a table. */
export function readBytes<E>(options: BytesOptions, table: TableReader<E>): BytesReader<E> {
  if (options.encoding !== undefined) encodingName(options.encoding);
  // Throws for an invalid delimiter before there is any text.
  if (options.delimiter !== undefined) openParser({ text: '', isWhole: false }, options, () => undefined);
  // The first bytes are kept until there are enough to find what kind of file it is, and the first text until there is
  // enough to find the delimiter.
  const head = new Uint8Array(SNIFF_LENGTH);
  let headLength = 0;
  let heldText = '';
  let decoder: Decoder | null = null;
  let opened: OpenedParser | null = null;
  /** Rows that are parsed, and not read yet. */
  let parsed: PlacedRow[] = [];

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
    opened = openParser({ text: heldText, isWhole }, options, (row, line) => parsed.push({ row, line }));
    const { parser, text } = opened;
    heldText = '';
    parser.push(text);
    return opened;
  }

  /** Before the parser is open, this finds the delimiter with the text read so far. */
  function currentLine(): number {
    return (opened ?? parseHeld(false)).parser.currentLine();
  }

  function push(bytes: Uint8Array): void {
    if (decoder !== null) {
      decoder.push(bytes);
      return;
    }
    const taken = bytes.subarray(0, SNIFF_LENGTH - headLength);
    head.set(taken, headLength);
    headLength += taken.length;
    if (headLength === SNIFF_LENGTH) openFile().push(bytes.subarray(taken.length));
  }

  /** Parses, and then reads the rows that came out of it: also those before an error, which may have one of their own. */
  function* readParsed<T>(parse: () => T): Steps<T> {
    try {
      return parse();
    } finally {
      yield;
      const rows = parsed;
      parsed = [];
      yield* table.pushInSteps(rows);
    }
  }

  return {
    *pushInSteps(bytes) {
      for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
        const piece = bytes.subarray(at, at + PIECE_BYTES);
        yield* readParsed(() => push(piece));
      }
    },
    *endInSteps({ isCut = false } = {}) {
      const end = yield* readParsed(() => {
        const whole = decoder ?? openFile();
        whole.end();
        const { parser, delimiter, isWrapped } = opened ?? parseHeld(!isCut);
        if (!isCut) parser.end();
        const quoting = { isWrapped, blankQuotes: parser.blankQuotes() };
        return { encoding: whole.encoding(), doubt: whole.doubt(), delimiter, quoting };
      });
      return { ...(yield* table.endInSteps()), ...end };
    },
  };
}
