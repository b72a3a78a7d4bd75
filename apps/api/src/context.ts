import type { Database } from '@pledgeline/db';
import type { Producer } from '@pledgeline/queue';
import type { Environment } from './env.js';

/** The part of the environment that the app needs. Connecting and listening are the server's business. */
export type AppConfig = Pick<
  Environment,
  | 'CHUNK_ROWS'
  | 'MAX_UPLOAD_BYTES'
  | 'MAX_UNPACKED_BYTES'
  | 'MAX_COMPRESSION_RATIO'
  | 'MAX_ARCHIVE_FILES'
  | 'MAX_INSPECT_BYTES'
  | 'MIN_RECEIVE_RATE'
  | 'MAX_ROWS'
  | 'MAX_COLUMNS'
  | 'MAX_CELL_LENGTH'
  | 'MAX_ROW_LENGTH'
  | 'RECEIVE_TIMEOUT_MS'
  | 'PUBLIC_URL'
  | 'ALLOW_PRIVATE_WEBHOOKS'
>;

/** What all routes use. */
export interface AppContext {
  readonly database: Database;
  readonly producer: Producer;
  readonly config: AppConfig;
}
