import { createHash, type Hash } from 'node:crypto';
import { Problem } from '../problem.js';

/** Counts and hashes the bytes that the client sends. */
export function createMeter(maxBytes: number) {
  const hash: Hash = createHash('sha256');
  let byteCount = 0;
  return {
    async *measure(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const piece of pieces) {
        byteCount += piece.length;
        if (byteCount > maxBytes) throw tooLarge(maxBytes);
        hash.update(piece);
        yield piece;
      }
    },
    /** Bytes until now. */
    soFar: () => byteCount,
    total: () => ({ byteCount, sha256: hash.digest('hex') }),
  };
}

/** The problem for a file beyond the limit. */
export function tooLarge(maxBytes: number): Problem {
  return new Problem(
    'upload_too_large',
    `The file is larger than ${maxBytes} bytes. Split it into several files, each with the header row.`,
    { members: { maxBytes } },
  );
}
