import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import pTimeout from 'p-timeout';
import type { AppConfig } from '../context.js';
import { Problem } from '../problem.js';

/** How slow a client may be. */
export interface Patience {
  /** A client that sends nothing for this long is cut off. */
  readonly timeoutMs: number;
  /** A client that sends less, measured over `timeoutMs` of waiting, is cut off; it could keep an upload open for ever. */
  readonly minBytesPerSecond: number;
}

/** How slow a client of this API may be. */
export function patienceOf({ RECEIVE_TIMEOUT_MS, MIN_RECEIVE_RATE }: AppConfig): Patience {
  return { timeoutMs: RECEIVE_TIMEOUT_MS, minBytesPerSecond: MIN_RECEIVE_RATE };
}

/**
 * Yields the bytes of the body of a request. A client that hangs up is not a fault of ours.
 *
 * @throws Problem `upload_interrupted`
 */
export async function* readBody(raw: IncomingMessage, patience: Patience): AsyncGenerator<Uint8Array> {
  try {
    yield* readPieces(raw, patience);
  } catch (error) {
    throw error instanceof Problem ? error : brokeOff(error);
  }
  // Not `!complete`: the requests of inject() do not have the property.
  if (raw.complete === false) throw brokeOff();
}

/**
 * Yields the bytes of a stream as they come. Only time in which we wait for the client counts, not time in which it
 * waits for us. Leaving the loop early keeps the stream open, because the answer uses the same connection.
 *
 * @throws Problem `upload_interrupted` when nothing, or too little, comes for too long; else what the stream fails with
 */
export async function* readPieces(stream: Readable, patience: Patience): AsyncGenerator<Uint8Array> {
  const iterator: AsyncIterator<unknown, unknown> = stream.iterator({ destroyOnReturn: false });
  const pace = createPace(patience);
  let isWaiting = false;
  try {
    for (;;) {
      isWaiting = true;
      const begun = performance.now();
      const next = await waitFor(iterator.next(), patience.timeoutMs);
      isWaiting = false;
      if (next.done) return;
      if (!(next.value instanceof Uint8Array)) continue;
      pace.check(next.value.length, performance.now() - begun);
      yield next.value;
    }
  } finally {
    // While a read is pending, `return` would wait for it, perhaps for ever.
    if (!isWaiting) await iterator.return?.();
  }
}

function createPace({ timeoutMs, minBytesPerSecond }: Patience) {
  let waitedMs = 0;
  let byteCount = 0;
  return {
    check(bytes: number, milliseconds: number): void {
      waitedMs += milliseconds;
      byteCount += bytes;
      if (waitedMs < timeoutMs) return;
      if (byteCount * 1_000 < waitedMs * minBytesPerSecond)
        throw tooSlow(waitedMs, byteCount, minBytesPerSecond);
      waitedMs = 0;
      byteCount = 0;
    },
  };
}

/**
 * Waits for the next thing from the client, but not longer than the timeout.
 *
 * @throws Problem `upload_interrupted`
 */
export function waitFor<T>(next: Promise<T>, timeoutMs: number): Promise<T> {
  return pTimeout<T, T>(next, {
    milliseconds: timeoutMs,
    fallback: () => {
      throw fellSilent(timeoutMs);
    },
  });
}

function fellSilent(timeoutMs: number): Problem {
  return new Problem(
    'upload_interrupted',
    `Nothing came for ${timeoutMs / 1_000} seconds, and the request was not complete. Send it again.`,
  );
}

function tooSlow(waitedMs: number, byteCount: number, minBytesPerSecond: number): Problem {
  return new Problem(
    'upload_interrupted',
    `Only ${byteCount} bytes came in ${Math.round(waitedMs / 1_000)} seconds; at least ${minBytesPerSecond} a second are needed. Send it again over a better connection, or compressed with gzip.`,
  );
}

/** The problem for a body that ended before it was complete. */
export function brokeOff(cause?: unknown): Problem {
  return new Problem(
    'upload_interrupted',
    'The connection closed before the whole request was here. Send it again.',
    {
      cause,
    },
  );
}
