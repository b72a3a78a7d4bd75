import type { ByteSource } from './byte-source.js';

const DEFLATE = 8;
const FIXED_LENGTH = 10;

/** Bits of the flags: what follows the fixed part. The reserved ones must be 0. */
const HAS_CHECKSUM = 0x02;
const HAS_EXTRA = 0x04;
const HAS_NAME = 0x08;
const HAS_COMMENT = 0x10;
const RESERVED = 0xe0;

/** Whether a gzip member comes next, or the first byte of one that is cut off. Takes nothing. */
export async function startsGzip(source: ByteSource): Promise<boolean> {
  const start = await source.take(2);
  source.putBack(start);
  const [first, second = 0x8b] = start;
  return first === 0x1f && second === 0x8b;
}

/** Takes the header of a gzip member (RFC 1952, 2.3). Returns whether it is whole, or what is wrong with it. */
export async function takeGzipHeader(source: ByteSource): Promise<'whole' | 'damaged' | 'cut off'> {
  const fixed = await source.take(FIXED_LENGTH);
  const [, , method = DEFLATE, flags = 0] = fixed;
  if (method !== DEFLATE || (flags & RESERVED) !== 0) return 'damaged';
  let isWhole = fixed.length === FIXED_LENGTH;
  if (flags & HAS_EXTRA) isWhole &&= await takeExtra(source);
  if (flags & HAS_NAME) isWhole &&= await takeText(source);
  if (flags & HAS_COMMENT) isWhole &&= await takeText(source);
  if (flags & HAS_CHECKSUM) isWhole &&= (await source.take(2)).length === 2;
  return isWhole ? 'whole' : 'cut off';
}

async function takeExtra(source: ByteSource): Promise<boolean> {
  const [low, high] = await source.take(2);
  if (low === undefined || high === undefined) return false;
  const length = low + high * 256;
  return (await source.take(length)).length === length;
}

/** Takes a text and the NUL that ends it. */
async function takeText(source: ByteSource): Promise<boolean> {
  for (let piece = await source.next(); piece !== null; piece = await source.next()) {
    const end = piece.indexOf(0);
    if (end === -1) continue;
    source.putBack(piece.subarray(end + 1));
    return true;
  }
  return false;
}
