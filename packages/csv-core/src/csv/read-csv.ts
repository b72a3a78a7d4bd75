import { type CsvTotals, createChunker, type RowChunk } from './chunk-rows.js';
import { createUtf8Decoder } from './decode.js';
import {
  createCsvParser,
  DEFAULT_MAX_CELL_LENGTH,
  DEFAULT_MAX_COLUMNS,
  DEFAULT_MAX_ROW_LENGTH,
} from './parse.js';
import { refuseBinary, SNIFF_LENGTH } from './sniff-binary.js';

export interface CsvReaderOptions {
  /** One UTF-16 unit between cells. Default `,`. */
  readonly delimiter?: string | undefined;
  /** Rows in a chunk. Default 2,000. */
  readonly chunkRows?: number | undefined;
  /** UTF-16 units in the cells of a chunk; a chunk that reaches it is closed early. Default 4,194,304. */
  readonly maxChunkLength?: number | undefined;
  /** Data rows in the file. Default: no limit, since memory does not grow with them. */
  readonly maxRows?: number | undefined;
  /** Cells in a row. Default 2,000. */
  readonly maxColumns?: number | undefined;
  /** UTF-16 units in a cell. Default 1,048,576. */
  readonly maxCellLength?: number | undefined;
  /** UTF-16 units in a row, delimiters and quotes included. Default 4,194,304. */
  readonly maxRowLength?: number | undefined;
  /** Called once, before the first chunk. `line` is the line of the header row, from 1. */
  onHeader(headers: readonly string[], line: number): void;
  onChunk(chunk: RowChunk): void;
}

export interface CsvReader {
  /** Reads a piece of the file, of any size, before it returns; the bytes may be reused afterwards. */
  push(bytes: Uint8Array): void;
  /** Hands out the last chunk. */
  end(): CsvTotals;
}

const DEFAULT_CHUNK_ROWS = 2_000;
const DEFAULT_MAX_CHUNK_LENGTH = 4_194_304;

/**
 * Reads a UTF-8 CSV file, pushed in pieces, into chunks of rows. The caller does the I/O and the waiting:
 * callbacks run within `push` and `end`, so pushing no faster than the chunks are stored is all the
 * back-pressure there is to it. Memory holds the current chunk and the current row, never the file.
 *
 * `push` and `end` throw a CsvFileError when the file is to blame; the reader is of no use afterwards.
 */
export function createCsvReader(options: CsvReaderOptions): CsvReader {
  const chunker = createChunker({
    chunkRows: options.chunkRows ?? DEFAULT_CHUNK_ROWS,
    maxChunkLength: options.maxChunkLength ?? DEFAULT_MAX_CHUNK_LENGTH,
    maxRows: options.maxRows,
    onHeader: options.onHeader,
    onChunk: options.onChunk,
  });
  const parser = createCsvParser({
    delimiter: options.delimiter,
    maxCellLength: options.maxCellLength ?? DEFAULT_MAX_CELL_LENGTH,
    maxRowLength: options.maxRowLength ?? DEFAULT_MAX_ROW_LENGTH,
    maxColumns: options.maxColumns ?? DEFAULT_MAX_COLUMNS,
    onRow: chunker.push,
  });
  const decoder = createUtf8Decoder(parser.currentLine);

  // The first bytes are held back until there are enough of them to tell what the file is.
  let head: Uint8Array | null = new Uint8Array(SNIFF_LENGTH);
  let held = 0;

  function readHead(): void {
    if (head === null) return;
    const first = head.subarray(0, held);
    head = null;
    refuseBinary(first);
    parser.push(decoder.push(first));
  }

  return {
    push(bytes) {
      let rest = bytes;
      if (head !== null) {
        const taken = bytes.subarray(0, SNIFF_LENGTH - held);
        head.set(taken, held);
        held += taken.length;
        if (held < SNIFF_LENGTH) return;
        readHead();
        rest = bytes.subarray(taken.length);
      }
      parser.push(decoder.push(rest));
    },
    end() {
      readHead();
      parser.push(decoder.end());
      parser.end();
      return chunker.end();
    },
  };
}
