import { type Client, createClientWith } from './create-client.js';
import { type NodeFile, openNodeFile } from './node/open-node-file.js';
import type { ConnectionOptions } from './request/connection.js';

export type { NodeFile } from './node/open-node-file.js';
export * from './public.js';

/**
 * Creates a client of an API that also sends files by their path, and streams.
 *
 * @throws TypeError when the key cannot be one
 */
export function createClient(options: ConnectionOptions): Client<NodeFile> {
  return createClientWith(openNodeFile, options);
}
