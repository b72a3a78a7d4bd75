import { ConnectionError } from '../request/errors.js';
import type { Sending } from './sendable-file.js';

/** Sends a body by XMLHttpRequest, which tells how much has left. */
export function sendByXhr({ method, url, headers, onSent, signal }: Sending, body: Blob): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = (): void => request.abort();
    const fail = (error: unknown): void => {
      signal?.removeEventListener('abort', abort);
      reject(error);
    };
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded }) => onSent(loaded));
    request.addEventListener('load', () => {
      signal?.removeEventListener('abort', abort);
      resolve(asResponse(request));
    });
    request.addEventListener('error', () =>
      fail(new ConnectionError(`The file could not be sent to ${url}`)),
    );
    request.addEventListener('abort', () => fail(signal?.reason));
    signal?.addEventListener('abort', abort, { once: true });
    onSent(0);
    request.send(body);
  });
}

const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

function asResponse(request: XMLHttpRequest): Response {
  const headers = new Headers();
  for (const line of request.getAllResponseHeaders().split('\r\n')) {
    const at = line.indexOf(': ');
    if (at > 0) headers.append(line.slice(0, at), line.slice(at + 2));
  }
  // `Response` refuses a body, even a blank one, where HTTP knows none.
  const body = bodiless.has(request.status) ? null : request.responseText;
  return new Response(body, { status: request.status, headers });
}
