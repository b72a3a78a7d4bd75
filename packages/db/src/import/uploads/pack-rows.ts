import type { ImportOptions } from '@pledgeline/csv-core';
import type { PackedChunk } from './store-chunk.js';

/** Gathers rows as the bytes in which a chunk is stored. */
export interface RowPacker {
  add(cells: readonly string[]): void;
  /** The chunk with the rows added since the last one, as JSON in UTF-8: `{ rows: string[][] }`. */
  take(): Uint8Array;
}

/**
 * What a table import does with its rows so that they can be stored: it packs them at once, and hands out chunks of the
 * file at this index of the upload.
 */
export function packedChunks(
  fileIndex: number,
  onChunk: (chunk: PackedChunk) => void,
): Pick<ImportOptions<Uint8Array>, 'packer' | 'onChunk'> {
  return {
    packer: createRowPacker,
    onChunk: ({ index, firstRow, lines, rows }) => onChunk({ index, fileIndex, firstRow, lines, data: rows }),
  };
}

/** Bytes to begin with, before there is a chunk to go by. */
const FIRST_CAPACITY = 256 * 1024;
/** A UTF-16 unit takes at most three bytes of UTF-8. */
const MAX_BYTES_PER_UNIT = 3;

const COMMA = 0x2c;
/** Without the header row, which is stored once, with the file (decision 17). */
const BEGIN = new TextEncoder().encode('{"rows":[');
const END = new TextEncoder().encode(']}');

/**
 * Makes chunks of rows. A row becomes bytes outside of the heap at once, so its cells are garbage soon and cheap to collect. Keeping rows until their chunk was full cost a third of the API's time and most of its memory.
 */
export function createRowPacker(): RowPacker {
  let bytes = begun(FIRST_CAPACITY);
  let length = BEGIN.length;

  function makeRoom(count: number): void {
    const needed = length + count + END.length;
    if (needed <= bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, bytes.length * 2));
    bytes.copy(larger, 0, 0, length);
    bytes = larger;
  }

  return {
    add(cells) {
      const row = JSON.stringify(cells);
      makeRoom(1 + row.length * MAX_BYTES_PER_UNIT);
      if (length > BEGIN.length) {
        bytes[length] = COMMA;
        length += 1;
      }
      length += bytes.write(row, length);
    },
    take() {
      bytes.set(END, length);
      const chunk = bytes.subarray(0, length + END.length);
      length = BEGIN.length;
      // A small chunk must not keep a large buffer alive, and the next one can use that.
      if (chunk.length * 2 < bytes.length) return Uint8Array.from(chunk);
      bytes = begun(bytes.length);
      return chunk;
    },
  };
}

function begun(capacity: number): Buffer {
  const buffer = Buffer.allocUnsafeSlow(capacity);
  buffer.set(BEGIN);
  return buffer;
}
