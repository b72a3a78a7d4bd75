import type { Layer } from './layer.js';
import { createBudget } from './unpack-budget.js';
import { unpackLayer } from './unpack-layer.js';
import type { UnpackedFile, UnpackOptions } from './unpacked-file.js';

/**
 * Yields the files in the body of a request, whatever they are packed in. It goes by the bytes, never by names. Read
 * each file to its end, or stop reading it, before you ask for the next. To stop early call `return()`; it removes the
 * temporary file and closes `pieces`.
 *
 * @throws UnpackError, SpoolError, and what `pieces` throws. All may come out of a file's `pieces` or `rows`, too.
 */
export async function* unpack(
  pieces: AsyncIterable<Uint8Array>,
  options: UnpackOptions,
): AsyncGenerator<UnpackedFile> {
  const budget = createBudget(options);
  const source = pieces[Symbol.asyncIterator]();
  const received: Layer = {
    name: null,
    pieces: {
      async next() {
        const next = await source.next();
        if (!next.done) budget.received(next.value.length);
        return next;
      },
    },
    gzipLayers: 0,
    isMember: false,
  };
  try {
    yield* unpackLayer(received, { budget, options });
  } finally {
    await source.return?.();
  }
}
