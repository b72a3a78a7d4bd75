import { waitBeforeRetry } from './again.js';
import { ConnectionError, readProblem } from './errors.js';
import { pause } from './pause.js';

/** How to reach an API, whoever asks. */
interface ConnectionSettings {
  /** The address of the API, such as `https://api.example`; in a browser it may be empty for the page's own. */
  readonly url: string;
  /**
   * More headers of every request, also of files and streams. A function is asked again for each try, for what changes, such as
   * the token of a session against forged requests.
   */
  readonly headers?: Readonly<Record<string, string>> | (() => Readonly<Record<string, string>>);
  /** Used for every request instead of the global `fetch`, also to send files. */
  readonly fetch?: typeof fetch;
  /** How often a request is tried again that may be repeated. Default 3. */
  readonly retries?: number;
  /** How long one try of a call may take, in milliseconds. Files and downloads have no limit. Default 30,000. */
  readonly timeoutMs?: number;
}

interface WithKey {
  /** The API key. */
  readonly key: string;
  readonly session?: never;
}

interface WithSession {
  /**
   * No key is sent, but the cookies of the page's own origin: for a page that the API knows by a session. The API must be at that
   * origin.
   */
  readonly session: true;
  readonly key?: never;
}

/** How to reach an API, and who asks. */
export type ConnectionOptions = ConnectionSettings & (WithKey | WithSession);

/** An API, as requests need it. */
export interface Connection {
  /** Without a slash at the end. */
  readonly base: string;
  /** The headers of the next request. */
  readonly headers: () => Readonly<Record<string, string>>;
  readonly fetch: typeof fetch;
  /** Whether `fetch` was given, and has to send files as well. */
  readonly hasOwnFetch: boolean;
  readonly retries: number;
  readonly timeoutMs: number;
}

/** @throws TypeError when an option cannot be right */
export function openConnection(options: ConnectionOptions): Connection {
  const { url, headers = {}, retries = 3, timeoutMs = 30_000 } = options;
  const identity = identityOf(options);
  // Looked up at each call, because tests and tracers replace it.
  const send = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  return {
    base: url.replace(/\/+$/, ''),
    headers: () => ({ ...(typeof headers === 'function' ? headers() : headers), ...identity }),
    // Not with a key, because some platforms know no cookies, and refuse the word.
    fetch:
      options.session === true ? (input, init) => send(input, { ...init, credentials: 'same-origin' }) : send,
    hasOwnFetch: options.fetch !== undefined,
    retries,
    timeoutMs,
  };
}

/** The headers that say who asks. The browser adds the cookie of a session. */
function identityOf({ key, session }: ConnectionOptions): Readonly<Record<string, string>> {
  if (session === true && key === undefined) return {};
  // A program without types may give none: that must not become a session.
  if (session === undefined && typeof key === 'string' && /^[\x21-\x7e]+$/.test(key)) {
    return { authorization: `Bearer ${key}` };
  }
  throw new TypeError(
    'The key must be the text that the API showed once; a page with a session gives `session: true` instead.',
  );
}

/** One request to an API. */
export interface Call {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: BodyInit | undefined;
  readonly signal?: AbortSignal | undefined;
}

const repeatable: ReadonlySet<string> = new Set(['GET', 'HEAD', 'PUT', 'DELETE']);

/**
 * Sends a request and reads its answer. One that may be repeated is tried again after a pause when the API is busy (429,
 * 503) or does not answer.
 *
 * @param read what to do with a successful answer
 * @throws ProblemError, ConnectionError
 */
export async function send<T>(
  connection: Connection,
  call: Call,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  const retries = repeatable.has(call.method) ? connection.retries : 0;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await sendOnce(connection, call, read);
    } catch (error) {
      call.signal?.throwIfAborted();
      const wait = waitBeforeRetry(error, attempt, retries);
      if (wait === null) throw error;
      await pause(wait, call.signal);
    }
  }
}

async function sendOnce<T>(
  { base, headers, fetch, timeoutMs }: Connection,
  { method, path, headers: more, body, signal }: Call,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  const patience = new AbortController();
  const timer = setTimeout(
    () => patience.abort(new DOMException(`No answer in ${timeoutMs} ms.`, 'TimeoutError')),
    timeoutMs,
  );
  const signals = signal === undefined ? [patience.signal] : [patience.signal, signal];
  try {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: { ...headers(), ...more },
      signal: AbortSignal.any(signals),
      ...(body !== undefined && { body }),
    });
    if (!response.ok) throw await readProblem(response);
    return await read(response);
  } catch (error) {
    throw signal?.aborted === true ? signal.reason : asConnectionError(error, base);
  } finally {
    clearTimeout(timer);
  }
}

/** `fetch` throws a TypeError when the network is to blame, a DOMException when the time is over. */
function asConnectionError(error: unknown, base: string): unknown {
  if (!(error instanceof TypeError || error instanceof DOMException)) return error;
  const why = error.cause instanceof Error ? error.cause.message : error.message;
  const where = base === '' ? '' : ` at ${base}`;
  return new ConnectionError(`The API${where} did not answer: ${why}`, { cause: error });
}
