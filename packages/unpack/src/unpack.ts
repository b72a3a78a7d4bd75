import type { Layer } from './layer.js';
import { createBudget } from './unpack-budget.js';
import { unpackLayer } from './unpack-layer.js';
import type { UnpackedFile, UnpackOptions } from './unpacked-file.js';

/**
 * The files in the body of a request, whatever they are wrapped in. Goes by the bytes, never by names. Read each
 * file to its end, or break it off, before you ask for the next; stop early with `return()`, which leaves nothing
 * behind.
 *
 * @throws UnpackError, and what `pieces` throws. Both may come out of a file's `pieces` or `rows`, too.
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
