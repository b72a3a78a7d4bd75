/** The first bytes of a body. */
export interface Head {
  readonly bytes: Uint8Array;
  /** Whether there is more of it. */
  readonly isCut: boolean;
}

/** Reads no more than `limit` bytes; the rest is left where it is. */
export async function readHead(pieces: AsyncIterable<Uint8Array>, limit: number): Promise<Head> {
  const held: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    held.push(piece);
    length += piece.length;
    if (length > limit) break;
  }
  return { bytes: Buffer.concat(held).subarray(0, limit), isCut: length > limit };
}
