import type { ConnectionOptions } from '../request/connection.js';
import { postByFetch } from './post-by-fetch.js';
import { postByXhr } from './post-by-xhr.js';
import type { SendableFile } from './sendable-file.js';

/** What every platform can send: a file that a person chose, or bytes. */
export type WebFile = Blob | Uint8Array<ArrayBuffer>;

/** @throws TypeError for what cannot be sent here */
export async function openBlob(file: WebFile, options: ConnectionOptions): Promise<SendableFile> {
  const blob = file instanceof Blob ? file : new Blob([requireBytes(file)]);
  const name = 'name' in file && typeof file.name === 'string' ? file.name : undefined;
  return {
    name,
    size: blob.size,
    repeatable: true,
    // Only XMLHttpRequest tells how much has left. Service workers and Node have none.
    post: (post) =>
      options.fetch === undefined && typeof XMLHttpRequest === 'function'
        ? postByXhr(post, blob)
        : postByFetch(post, blob, options.fetch),
  };
}

function requireBytes(file: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (file instanceof Uint8Array) return file;
  throw new TypeError(
    'A file must be a Blob, a File or a Uint8Array. For paths and streams use createClient of @pledgeline/client/node.',
  );
}
