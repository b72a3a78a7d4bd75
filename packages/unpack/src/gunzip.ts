import { crc32, createGunzip, createInflateRaw } from 'node:zlib';
import { type ByteSource, createByteSource } from './byte-source.js';
import { startsGzip, takeGzipHeader } from './gzip-header.js';
import { createInflater, INFLATE_CHUNK_BYTES } from './inflater.js';
import type { UnpackBudget } from './unpack-budget.js';
import { UnpackError } from './unpack-error.js';
import type { FileNotice } from './unpacked-file.js';

/** The bytes in a gzip file, and its notices, which are complete once the bytes are read. */
export interface Gunzipped {
  readonly pieces: AsyncGenerator<Uint8Array>;
  notices(): readonly FileNotice[];
}

/** From this many members on, zlib's own loop reads the rest: it is faster where members are tiny. */
const MAX_OWN_MEMBERS = 1_000;

/**
 * Unpacks a gzip file (RFC 1952). Several members are one file, zeros after a member are padding, and anything else
 * after it is left out with a notice, as gzip itself does. zlib would take such bytes for a damaged member, so headers
 * and trailers are read here.
 *
 * The pieces throw UnpackError `damaged_archive`, `unpacked_too_large` or `ratio_too_high`, and what the source throws.
 */
export function gunzip(
  packed: AsyncIterable<Uint8Array>,
  budget: UnpackBudget,
  file: string | null,
): Gunzipped {
  const notices: FileNotice[] = [];
  return {
    pieces: readAll(packed, budget, file, (notice) => notices.push(notice)),
    notices: () => notices,
  };
}

async function* readAll(
  packed: AsyncIterable<Uint8Array>,
  budget: UnpackBudget,
  file: string | null,
  onNotice: (notice: FileNotice) => void,
): AsyncGenerator<Uint8Array> {
  const pieces = packed[Symbol.asyncIterator]();
  try {
    const source = createByteSource(pieces);
    for (let count = 0; await isFollowedByMember(source); count += 1) {
      if (count > MAX_OWN_MEMBERS) throw damaged(file);
      const read = count === MAX_OWN_MEMBERS ? readManyMembers : readMember;
      for await (const chunk of read(source, file)) {
        budget.unpacked(chunk.length, file);
        yield chunk;
      }
    }
    const ignored = await countRest(source);
    if (ignored > 0) onNotice(trailingBytes(ignored));
  } finally {
    await pieces.return?.();
  }
}

/** The bytes of one member, checked. */
async function* readMember(source: ByteSource, file: string | null): AsyncGenerator<Uint8Array> {
  const header = await takeGzipHeader(source);
  if (header !== 'whole') throw header === 'cut off' ? cutOff(file) : damaged(file);
  let checksum = 0;
  let size = 0;
  for await (const chunk of inflate(source, file)) {
    checksum = crc32(chunk, checksum);
    size += chunk.length;
    yield chunk;
  }
  const trailer = Buffer.from(await source.take(8));
  if (trailer.length < 8) throw cutOff(file);
  if (trailer.readUInt32LE(0) !== checksum || trailer.readUInt32LE(4) !== size % 2 ** 32) throw damaged(file);
}

async function* inflate(source: ByteSource, file: string | null): AsyncGenerator<Uint8Array> {
  const inflater = createInflater(createInflateRaw({ chunkSize: INFLATE_CHUNK_BYTES }), (cause) =>
    damaged(file, cause),
  );
  try {
    while (inflater.surplus === 0) {
      const piece = await source.next();
      if (piece === null) throw cutOff(file);
      yield* inflater.push(piece);
      if (inflater.surplus > 0) source.putBack(piece.subarray(-inflater.surplus));
    }
  } finally {
    inflater.close();
  }
}

/** All members up to the next zeros, or to the end. */
async function* readManyMembers(source: ByteSource, file: string | null): AsyncGenerator<Uint8Array> {
  const inflater = createInflater(createGunzip({ chunkSize: INFLATE_CHUNK_BYTES }), (cause) =>
    cause instanceof Error && 'code' in cause && cause.code === 'Z_BUF_ERROR'
      ? cutOff(file)
      : damaged(file, cause),
  );
  try {
    for (let piece = await source.next(); piece !== null; piece = await source.next()) {
      yield* inflater.push(piece);
      if (inflater.surplus > 0) return source.putBack(piece.subarray(-inflater.surplus));
    }
    yield* inflater.end();
  } finally {
    inflater.close();
  }
}

/** Passes over the zeros before the next member. */
async function isFollowedByMember(source: ByteSource): Promise<boolean> {
  for (;;) {
    const piece = await source.next();
    if (piece === null) return false;
    const at = piece.findIndex((byte) => byte !== 0);
    if (at === -1) continue;
    source.putBack(piece.subarray(at));
    return await startsGzip(source);
  }
}

async function countRest(source: ByteSource): Promise<number> {
  let count = 0;
  for (let piece = await source.next(); piece !== null; piece = await source.next()) count += piece.length;
  return count;
}

function trailingBytes(count: number): FileNotice {
  return {
    code: 'trailing_bytes',
    message: `Something follows the end of the gzip file and was left out (bytes: ${count}). If it should be rows, compress the whole file again and send it.`,
  };
}

function cutOff(file: string | null): UnpackError {
  return new UnpackError(
    'damaged_archive',
    'The gzip file is cut off: its end is missing. Download or compress it again and send it whole.',
    { file, isCutOff: true },
  );
}

function damaged(file: string | null, cause?: unknown): UnpackError {
  return new UnpackError(
    'damaged_archive',
    'The gzip file is damaged and cannot be unpacked. Download or compress it again.',
    { file, cause },
  );
}
