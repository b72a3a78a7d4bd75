/** Takes bytes from the front of a stream. A piece is read only when its bytes are asked for. */
export interface ByteSource {
  /** The next piece, of any length; null at the end. */
  next(): Promise<Uint8Array | null>;
  /** The next `length` bytes; fewer at the end. */
  take(length: number): Promise<Uint8Array>;
  /** Returns bytes that were taken too many; they come next. */
  putBack(bytes: Uint8Array): void;
}

/** The caller, who opened the pieces, closes them. */
export function createByteSource(pieces: AsyncIterator<Uint8Array>): ByteSource {
  /** A stack: the piece that comes next is last. */
  const held: Uint8Array[] = [];

  const source: ByteSource = {
    async next() {
      const piece = held.pop();
      if (piece !== undefined) return piece;
      const next = await pieces.next();
      return next.done ? null : next.value;
    },
    async take(length) {
      const parts: Uint8Array[] = [];
      for (let missing = length; missing > 0; ) {
        const piece = await source.next();
        if (piece === null) break;
        parts.push(piece.subarray(0, missing));
        if (piece.length > missing) source.putBack(piece.subarray(missing));
        missing -= Math.min(missing, piece.length);
      }
      return Buffer.concat(parts);
    },
    putBack(bytes) {
      held.push(bytes);
    },
  };
  return source;
}
