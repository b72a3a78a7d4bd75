import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** How many bytes may wait for a client that does not read. */
const MAX_WAITING_BYTES = 256 * 1024;
/** How long a client that catches up may take to read what it was sent. */
const PATIENCE_MS = 15_000;
/** How long `end` waits for a client to read the rest, so that no client holds up a shutdown. */
const PARTING_MS = 1_000;
/** After how long a client that lost its stream reconnects. */
const RETRY_MS = 3_000;

/** A message of a stream. The members have the names of the standard. */
export interface StreamEvent {
  readonly event: string;
  readonly id: string;
  /** One line, such as JSON. */
  readonly data: string;
}

/** A stream of server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export interface EventStream {
  /** Aborted when the stream is over, whoever ended it. */
  readonly signal: AbortSignal;
  /** Sends messages. Cuts off a client that lags too far behind; it gets what it missed when it reconnects. */
  send(events: readonly StreamEvent[]): void;
  /** Sends a comment, which shows proxies and the client that the stream is alive. */
  beat(): void;
  /** Waits until the client has read what was sent. Returns false when the stream is over. */
  ready(): Promise<boolean>;
  /** Ends the stream after what was sent. */
  end(): void;
  /** Whether {@link EventStream.end} was called. */
  isEnding(): boolean;
}

/**
 * Sends the headers of the answer and opens the stream.
 *
 * @param headers those that every answer has
 */
export function openEventStream(
  response: ServerResponse,
  headers: Readonly<Record<string, number | string | string[] | undefined>>,
): EventStream {
  const over = new AbortController();
  response.on('error', () => undefined).once('close', () => over.abort());
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) response.setHeader(name, value);
  }
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  response.write(`retry: ${RETRY_MS}\n\n`);

  function write(text: string): void {
    if (over.signal.aborted || response.writableEnded) return;
    // Checked before the text is added, because many messages at once are not the client's fault.
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
    isEnding: () => response.writableEnded,
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
