import type { Connection } from '../request/connection.js';
import { sendByFetch } from './send-by-fetch.js';
import { sendByXhr } from './send-by-xhr.js';
import type { SendableFile } from './sendable-file.js';

/** What every platform can send: a file that a person chose, or bytes. */
export type WebFile = Blob | Uint8Array<ArrayBuffer>;

/** @throws TypeError for what cannot be sent here */
export async function openBlob(file: WebFile, { fetch, hasOwnFetch }: Connection): Promise<SendableFile> {
  const blob = file instanceof Blob ? file : new Blob([requireBytes(file)]);
  const name = 'name' in file && typeof file.name === 'string' ? file.name : undefined;
  return {
    name,
    size: blob.size,
    repeatable: true,
    // Only XMLHttpRequest tells how much has left. Service workers and Node have none.
    send: (sending) =>
      !hasOwnFetch && typeof XMLHttpRequest === 'function'
        ? sendByXhr(sending, blob.slice(sending.from))
        : sendByFetch(sending, blob.slice(sending.from), fetch),
  };
}

function requireBytes(file: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (file instanceof Uint8Array) return file;
  throw new TypeError(
    'A file must be a Blob, a File or a Uint8Array. For paths and streams use createClient of @pledgeline/client/node.',
  );
}
