/** The first bytes of a body. */
export interface Head {
  readonly bytes: Uint8Array;
  /** Whether there is more of it. */
  readonly isCut: boolean;
}

/** Reads the first `limit` bytes. The rest of the body is not read. */
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
