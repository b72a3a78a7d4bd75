import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** Most bytes that may wait for a client that does not read. */
const MAX_WAITING_BYTES = 256 * 1024;
/** A client that is behind has so long to take what it was sent. */
const PATIENCE_MS = 15_000;
/** A client that does not read to the end must not hold up a process that is closing. */
const PARTING_MS = 1_000;
/** When a client that lost its stream comes again. */
const RETRY_MS = 3_000;

/** A message of a stream, as the standard calls its fields. */
export interface StreamEvent {
  readonly event: string;
  readonly id: string;
  /** Of one line, as JSON is. */
  readonly data: string;
}

/** An answer that goes on: server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export interface EventStream {
  /** Aborted when the stream is over, whoever ended it. */
  readonly signal: AbortSignal;
  /** Cuts a client off that lags behind too far; what it misses it asks for when it comes again. */
  send(events: readonly StreamEvent[]): void;
  /** Shows everybody on the way that the stream is alive. */
  beat(): void;
  /** Waits until the client has taken what was sent; false when the stream is over. */
  ready(): Promise<boolean>;
  end(): void;
}

/** Begins to answer. */
export function openEventStream(response: ServerResponse): EventStream {
  const over = new AbortController();
  response.on('error', () => undefined).once('close', () => over.abort());
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  response.write(`retry: ${RETRY_MS}\n\n`);

  function write(text: string): void {
    if (over.signal.aborted || response.writableEnded) return;
    // Looked at before anything is added: many messages at once are no fault of the client.
    if (response.writableLength > MAX_WAITING_BYTES) response.destroy();
    else response.write(text);
  }

  return {
    signal: over.signal,
    send: (events) => write(events.map(format).join('')),
    beat: () => write(': still here\n\n'),
    async ready() {
      if (!response.writableNeedDrain) return !over.signal.aborted;
      const signal = AbortSignal.any([over.signal, AbortSignal.timeout(PATIENCE_MS)]);
      const hasDrained = await once(response, 'drain', { signal }).then(
        () => true,
        () => false,
      );
      if (!hasDrained) response.destroy();
      return hasDrained;
    },
    end() {
      response.end();
      const cut = setTimeout(() => response.destroy(), PARTING_MS);
      over.signal.addEventListener('abort', () => clearTimeout(cut));
    },
  };
}

function format({ event, id, data }: StreamEvent): string {
  return `event: ${event}\nid: ${id}\ndata: ${data}\n\n`;
}
