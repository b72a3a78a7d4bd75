import type { Connection } from '../request/connection.js';
import { pause } from '../request/pause.js';

/** Tells when it is worth to look at an upload again. */
export interface Bell {
  /**
   * Resolves when the API says that something has changed, at the latest after `silentMs` while it says nothing at all.
   *
   * @throws the reason of the signal
   */
  wait(silentMs: number): Promise<void>;
  close(): void;
}

/** After how long to look although an open stream is silent: something on the way may hold it back. */
const OPEN_MS = 10_000;
/** After how long a stream that is over is opened again. */
const REOPEN_MS = 5_000;

/**
 * Listens to the event stream of an upload. Whatever comes over it means "look", so that the upload alone is the truth, and
 * with or without events the caller sees the same. An API or a proxy without the stream is only silent.
 */
export function openBell(
  { base, headers, fetch }: Connection,
  id: string,
  signal: AbortSignal | undefined,
): Bell {
  const closing = new AbortController();
  const signals = signal === undefined ? [closing.signal] : [closing.signal, signal];
  const over = AbortSignal.any(signals);
  let hears = false;
  let openedAt = Number.NEGATIVE_INFINITY;
  let hasStream = true;
  let hasRung = false;
  let wake: () => void = () => undefined;

  const ring = (): void => {
    hasRung = true;
    wake();
  };

  async function listen(): Promise<void> {
    const accept = 'text/event-stream';
    const response = await fetch(`${base}/v1/uploads/${encodeURIComponent(id)}/events`, {
      headers: { ...headers(), accept },
      signal: over,
    });
    const isStream = response.headers.get('content-type')?.startsWith(accept) === true;
    // An API from before the stream says 404; one with too many streams 429, which passes.
    hasStream = isStream || response.status === 429 || response.status >= 500;
    const reader = response.body?.getReader();
    if (!isStream || reader === undefined) return void (await reader?.cancel());
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      hears = true;
      ring();
    }
  }

  function listenAgain(): void {
    openedAt = Date.now();
    void listen()
      // The caller looks whether the API is away.
      .catch(() => undefined)
      .finally(() => {
        hears = false;
        ring();
      });
  }

  return {
    async wait(silentMs) {
      if (hasStream && !hears && Date.now() - openedAt > REOPEN_MS) listenAgain();
      if (!hasRung) {
        const woken = new AbortController();
        wake = () => woken.abort();
        await pause(hears ? OPEN_MS : silentMs, AbortSignal.any([woken.signal, over])).catch(() => undefined);
      }
      hasRung = false;
      signal?.throwIfAborted();
    },
    close: () => closing.abort(),
  };
}
