/** A stream that can be read from its beginning again. */
export interface Replay<P> {
  readonly pieces: AsyncIterable<P>;
  /** The next reader gets all pieces again. */
  rewind(): void;
}

/**
 * Keeps the first pieces of a stream, until they are certainly not needed again.
 *
 * @param isSettled whether the pieces taken so far can be dropped; once it is true it stays true
 */
export function createReplay<P>(source: AsyncIterable<P>, isSettled: () => boolean): Replay<P> {
  const iterator = source[Symbol.asyncIterator]();
  const kept: P[] = [];
  let at = 0;

  async function next(): Promise<IteratorResult<P, undefined>> {
    const again = kept[at];
    if (again !== undefined) {
      at += 1;
      return { done: false, value: again };
    }
    if (isSettled()) kept.length = at = 0;
    const read = await iterator.next();
    if (read.done) return { done: true, value: undefined };
    if (!isSettled()) at = kept.push(read.value);
    return { done: false, value: read.value };
  }

  const reader: AsyncIterableIterator<P, undefined> = {
    next,
    async return() {
      // A reader that stops at the header may begin again.
      if (isSettled()) await iterator.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => reader,
  };
  return {
    pieces: reader,
    rewind() {
      at = 0;
    },
  };
}
