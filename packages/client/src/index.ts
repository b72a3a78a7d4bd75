import { type Client, createClientWith } from './create-client.js';
import type { ConnectionOptions } from './request/connection.js';
import { openBlob, type WebFile } from './upload/open-blob.js';

export * from './public.js';

/**
 * Creates a client of an API, for browsers and everywhere else. In Node, that of `@pledgeline/client/node` also sends paths and
 * streams.
 *
 * @throws TypeError when the key cannot be one
 */
export function createClient(options: ConnectionOptions): Client<WebFile> {
  return createClientWith(openBlob, options);
}
