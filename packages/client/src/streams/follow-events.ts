import type { Arguments, EventPath, Input, Operation, Schemas, Upload } from '../contract.js';
import { writeAddress } from '../request/address.js';
import { isBusy } from '../request/again.js';
import type { AnyInput } from '../request/calls.js';
import { type Connection, send } from '../request/connection.js';
import { ConnectionError, ProblemError } from '../request/errors.js';
import { pause } from '../request/pause.js';
import { type Message, readEvents } from './read-events.js';

/** What the events of each stream say. */
export interface EventData {
  readonly '/v1/uploads/{id}/events': Pick<Upload, 'status' | 'progress'> & { readonly uploadId: string };
  readonly '/v1/events': Schemas['Notification'];
}

/** One event of a stream. */
export interface StreamedEvent<Data> {
  /** To go on after it later, as `lastEventId`. */
  readonly id: string;
  /** Such as `progress`, `ended` or `notification`. */
  readonly event: string;
  readonly data: Data;
}

/** Streams that go on after they were interrupted. */
export interface Streams {
  /**
   * The events of a stream, until it has ended or you stop reading. It is opened again after it broke off, with the id of the last
   * event, so nothing is missed; what came twice is to be ignored. `query.lastEventId` goes on where another reader was.
   *
   * @throws ProblemError, such as 401 when a session is over; ConnectionError when the API was away for `patienceMs`
   */
  events<Path extends EventPath & keyof EventData>(
    path: Path,
    ...input: Arguments<Input<Operation<Path, 'get'>> & FollowOptions>
  ): AsyncIterableIterator<StreamedEvent<EventData[Path]>>;
}

export interface FollowOptions {
  /** How long the API may be away, in milliseconds. Default 60,000; `Infinity` for a page that stays open. */
  readonly patienceMs?: number;
}

/** After how long a silent stream is opened again: the API sends at least a comment every 15 seconds. */
const SILENT_MS = 45_000;
const RETRY_MS = 3_000;

export function createStreams(connection: Connection): Streams {
  return { events: (path, ...[input]) => followEvents(connection, path, input) };
}

async function* followEvents<Data>(
  connection: Connection,
  template: EventPath,
  { path, query = {}, headers, signal, patienceMs = 60_000 }: AnyInput & FollowOptions = {},
): AsyncGenerator<StreamedEvent<Data>, undefined> {
  const { lastEventId, ...others } = query;
  const address = writeAddress(template, path, others);
  // Tried again here, with the id of the last event.
  const once = { ...connection, retries: 0 };
  let last = typeof lastEventId === 'string' ? lastEventId : '';
  let waitMs = RETRY_MS;
  let awaySince: number | null = null;
  for (;;) {
    const silence = watchSilence();
    let wait = 0;
    try {
      const body = await open(silence.signal);
      if (body === null) return;
      awaySince = null;
      const onRetry = (ms: number): void => {
        waitMs = ms;
      };
      for await (const message of readEvents(body, { onLine: silence.hear, onRetry })) {
        if (message.id !== '') last = message.id;
        silence.pause();
        yield toEvent(message);
        silence.hear();
        if (message.event === 'ended') return;
      }
    } catch (error) {
      signal?.throwIfAborted();
      awaySince ??= Date.now();
      if (!mayPass(error) || Date.now() - awaySince > patienceMs) throw error;
      if (error instanceof ProblemError) wait = (error.retryAfter ?? 0) * 1_000;
    } finally {
      silence.end();
    }
    await pause(Math.max(wait, waitMs), signal);
  }

  /** Opens the stream; null when there is nothing more to come. */
  async function open(quiet: AbortSignal): Promise<ReadableStream<Uint8Array> | null> {
    const call = {
      method: 'GET',
      path: address,
      headers: {
        accept: 'text/event-stream',
        ...(last !== '' && { 'last-event-id': last }),
        ...headers,
      },
      signal: signal === undefined ? quiet : AbortSignal.any([quiet, signal]),
    };
    return send(once, call, async ({ status, body }) => (status === 204 ? null : body));
  }

  function toEvent({ id, event, data }: Message): StreamedEvent<Data> {
    // As everywhere, what the contract says of it is trusted.
    return { id, event, data: JSON.parse(data) };
  }
}

/** Aborts a stream that says nothing: it may be open for us, and gone, as after a sleep of the machine. */
function watchSilence() {
  const silent = new AbortController();
  let heardAt = Date.now();
  const timer = setInterval(() => {
    if (Date.now() - heardAt > SILENT_MS) silent.abort(new ConnectionError('The stream is silent.'));
  }, 1_000);
  return {
    signal: silent.signal,
    hear: (): void => {
      heardAt = Date.now();
    },
    /** While the reader is busy, nobody listens. */
    pause: (): void => {
      heardAt = Number.POSITIVE_INFINITY;
    },
    end: (): void => clearInterval(timer),
  };
}

/** Whether it is worth to come back. The errors of a stream that breaks off are those of the platform. */
function mayPass(error: unknown): boolean {
  if (error instanceof ProblemError) return isBusy(error) || error.status >= 500;
  return !(error instanceof SyntaxError);
}
