import type { Readable } from 'node:stream';
import { Problem } from '../problem.js';

/**
 * The bytes of a stream as they come. Time runs only while we wait for the client, never while it waits for us.
 * Leaving the loop early keeps the stream open: the answer goes out on the same connection.
 *
 * @throws Problem `upload_interrupted` when nothing comes for too long; else whatever the stream fails with.
 */
export async function* readPieces(stream: Readable, timeoutMs: number): AsyncGenerator<Uint8Array> {
  const iterator: AsyncIterator<unknown, unknown> = stream.iterator({ destroyOnReturn: false });
  let isWaiting = false;
  try {
    for (;;) {
      isWaiting = true;
      const next = await waitFor(iterator.next(), timeoutMs);
      isWaiting = false;
      if (next.done) return;
      if (next.value instanceof Uint8Array) yield next.value;
    }
  } finally {
    // Behind a read that never ends, a return would wait for ever.
    if (!isWaiting) await iterator.return?.();
  }
}

/**
 * The client's next word, or the end of our patience.
 *
 * @throws Problem `upload_interrupted`
 */
export async function waitFor<T>(word: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(fellSilent(timeoutMs)), timeoutMs);
  });
  try {
    return await Promise.race([word, silence]);
  } finally {
    clearTimeout(timer);
  }
}

function fellSilent(timeoutMs: number): Problem {
  return new Problem(
    'upload_interrupted',
    `Nothing came for ${timeoutMs / 1_000} seconds, and the file was not complete. Send it again.`,
  );
}

/** For a body that ended before it was complete. */
export function brokeOff(cause?: unknown): Problem {
  return new Problem(
    'upload_interrupted',
    'The connection closed before the whole file was here. Send it again.',
    {
      cause,
    },
  );
}
