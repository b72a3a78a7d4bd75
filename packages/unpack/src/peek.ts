/** A stream of bytes whose beginning was read ahead. */
export interface Peeked {
  /** The first bytes, as many as were asked for, or all there are. */
  readonly head: Uint8Array;
  /** The whole stream, the head included. Can be read once. */
  readonly pieces: AsyncGenerator<Uint8Array>;
}

/**
 * Reads only as many pieces as hold the first `length` bytes. The caller, who opened the stream, closes it.
 *
 * @throws what the stream throws before its first byte; what it throws later comes out of `pieces`, at its place
 */
export async function peek(stream: AsyncIterator<Uint8Array>, length: number): Promise<Peeked> {
  const first: Uint8Array[] = [];
  let known = 0;
  let failure: { readonly error: unknown } | null = null;
  try {
    while (known < length) {
      const next = await stream.next();
      if (next.done) break;
      first.push(next.value);
      known += next.value.length;
    }
  } catch (error) {
    if (known === 0) throw error;
    failure = { error };
  }
  return { head: Buffer.concat(first).subarray(0, length), pieces: replay(first, failure, stream) };
}

async function* replay(
  first: readonly Uint8Array[],
  failure: { readonly error: unknown } | null,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* first;
  if (failure !== null) throw failure.error;
  for (;;) {
    const next = await rest.next();
    if (next.done) return;
    yield next.value;
  }
}
