import { createReadStream } from 'node:fs';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import { CliError } from '../cli-error.js';
import type { Answer } from './api-error.js';

export interface FilePost {
  readonly url: URL;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Told how many bytes are on their way. */
  readonly onSent: (bytes: number) => void;
  readonly signal: AbortSignal;
}

/** The file could not be sent whole, and there was no answer either; `cause` is what the network said. */
export class SendingError extends Error {
  override readonly name = 'SendingError';
}

/**
 * Sends a file as the body of a POST, read no faster than it is sent. Not with fetch: that of Node 20 took
 * 1.3 GB of memory for a file of 1.2 GB, this takes 150 MB for any. An answer that comes early counts, and ends the sending.
 */
export function postFile({ url, path, headers, onSent, signal }: FilePost): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? requestHttps : requestHttp;
    const outgoing = request(url, { method: 'POST', headers, signal });
    const file = createReadStream(path);
    let sent = 0;

    outgoing.once('response', (incoming) => {
      const { statusCode = 0, statusMessage = '' } = incoming;
      text(incoming)
        .then((body) => resolve({ status: statusCode, statusText: statusMessage, text: body }), reject)
        .finally(() => {
          file.destroy();
          outgoing.destroy();
        });
    });
    // After the answer this says only that the rest of the file was not wanted: the promise is settled by then.
    outgoing.on('error', (cause) => {
      file.destroy();
      reject(new SendingError(cause.message, { cause }));
    });
    file.on('error', (cause) => {
      outgoing.destroy();
      reject(new CliError(`The file ${path} cannot be read: ${cause.message}`, { cause }));
    });
    file.on('data', (piece) => {
      sent += piece.length;
      onSent(sent);
    });
    file.pipe(outgoing);
  });
}
