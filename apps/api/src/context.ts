import type { Database } from '@pledgeline/db';
import type { Producer } from '@pledgeline/queue';
import type { Environment } from './env.js';
import type { Streams } from './routes/events/streams.js';
import type { MemoryBudget } from './turns/memory-budget.js';
import type { Turns } from './turns/turns.js';

/** The part of the environment that the app needs. Connecting and listening are the server's business. */
export type AppConfig = Pick<
  Environment,
  | 'CHUNK_ROWS'
  | 'MAX_RECORDS_LENGTH'
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
  | 'SILENT_AFTER_MS'
  | 'RESUMABLE_DIR'
  | 'MAX_MERCHANT_RESUMABLE_BYTES'
  | 'MAX_RESUMABLE_BYTES'
  | 'MAX_ANSWER_BYTES'
  | 'MAX_HEADER_LENGTH'
  | 'MAX_UPLOADS_AT_ONCE'
  | 'MAX_MERCHANT_UPLOADS'
  | 'MAX_MERCHANT_REQUESTS'
  | 'TURN_TIMEOUT_MS'
  | 'MEMORY_BUDGET_BYTES'
  | 'WEBHOOK_PORTS'
  | 'PUBLIC_URL'
  | 'PAGE_DIR'
  | 'CORS_ORIGINS'
  | 'ALLOW_PRIVATE_WEBHOOKS'
>;

/** What all routes use. */
export interface AppContext {
  readonly database: Database;
  /** The same database over a connection of its own, so that probes never wait for the others. */
  readonly probes: Database;
  readonly producer: Producer;
  readonly config: AppConfig;
}

/** For what is done for all merchants at once. */
export interface OfAllMerchants {
  /** The database without the wall between merchants. */
  readonly ofAllMerchants: Database;
}

/** What routes use that stream events. */
export interface StreamContext extends AppContext, OfAllMerchants {
  readonly streams: Streams;
}

/** What routes use that export lists; each export holds a connection to the database until the client has taken it. */
export interface ExportContext extends AppContext {
  readonly exportTurns: Turns;
}

/** What routes use that take a file; they share turns and memory. */
export interface FileContext extends ExportContext {
  readonly fileTurns: Turns;
  readonly memory: MemoryBudget;
}
