import { ConnectionError } from '../request/errors.js';
import type { Sending } from './sendable-file.js';

/** Sends a body by `fetch`, which does not tell how much has left before all has. */
export async function sendByFetch(
  { method, url, headers, onSent, signal }: Sending,
  body: Blob | ReadableStream<Uint8Array>,
  fetchGiven: typeof fetch,
): Promise<Response> {
  onSent(0);
  try {
    const response = await fetchGiven(url, {
      method,
      headers,
      body,
      ...halfDuplex(body),
      signal: signal ?? null,
    });
    if (body instanceof Blob) onSent(body.size);
    return response;
  } catch (cause) {
    signal?.throwIfAborted();
    throw new ConnectionError(`The file could not be sent to ${url}`, { cause });
  }
}

/** Streams need it, and the types of browsers do not know it yet. */
function halfDuplex(body: Blob | ReadableStream): object {
  return body instanceof Blob ? {} : { duplex: 'half' };
}
