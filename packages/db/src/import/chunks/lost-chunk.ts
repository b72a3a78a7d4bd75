import type { ColumnAssignment } from '@pledgeline/csv-core';
import { columnAssignmentSchema } from '@pledgeline/csv-core/map';
import type pg from 'pg';
import { z } from 'zod';
import { readChunkData } from '../uploads/chunk-data.js';

/** How an attempt was lost. `too-much`: Postgres gave up a statement of the chunk. `server`: it crashed, see `suspectedLoss`. */
export type Loss = 'worker' | 'too-much' | 'server';

/** Why a chunk waits again, for the merchant. */
export const lossInWords: Readonly<Record<Loss, string>> = {
  worker: 'the worker was lost while it processed the chunk',
  server: 'the database stopped while it stored the chunk',
  'too-much': 'the database gave up on the chunk, because it took too long or too much memory',
};

/** A chunk whose lease has run out, on which Postgres has given up, or with which it crashed. */
export interface LostChunk {
  readonly id: string;
  readonly uploadId: string;
  /** Token of the attempt that was lost. */
  readonly token: string;
  /** Attempts at the chunk that were lost before this one. */
  readonly lostWorkers: number;
}

/** A chunk that waits for a worker. */
export interface FreedChunk {
  readonly chunkId: string;
  /** Attempts made so far, also by workers that were lost. */
  readonly attempt: number;
}

/** A chunk that is lost, with its rows. */
export interface StoredChunk {
  readonly id: string;
  readonly uploadId: string;
  readonly index: number;
  readonly firstRow: number;
  readonly lines: readonly number[];
  readonly siblingRows: readonly number[];
  readonly headers: readonly string[];
  /** Whether they are stored with this chunk, and not with its file: a release without `csv_upload_file.headers` has received the file. */
  readonly storesHeaders: boolean;
  readonly rows: readonly (readonly string[])[];
  readonly file: string | null;
  readonly platform: string | null;
  readonly columns: readonly ColumnAssignment[] | null;
}

const storedSchema = z.object({
  id: z.string(),
  uploadId: z.string(),
  index: z.int(),
  firstRow: z.int(),
  lines: z.array(z.int()),
  siblingRows: z.array(z.int()),
  data: z.unknown(),
  headers: z.unknown(),
  file: z.string().nullable(),
  platform: z.string().nullable(),
  columns: z.array(columnAssignmentSchema).nullable(),
});

/**
 * Reads and locks the chunk of a lost attempt; null when it belongs to another by now. By this process, because Postgres cannot
 * look into JSON with U+0000, which a file may contain.
 */
export async function readLost(client: pg.ClientBase, { id, token }: LostChunk): Promise<StoredChunk | null> {
  const { rows } = await client.query(
    `SELECT c.id, c.upload_id AS "uploadId", c.index, c.first_row AS "firstRow", c.lines, c.data, f.headers,
       coalesce(c.sibling_rows, '{}') AS "siblingRows", coalesce(f.name, f.sheet) AS file,
       coalesce(f.platform, u.platform) AS platform, f.columns
     FROM csv_upload_chunk c JOIN csv_upload u ON u.id = c.upload_id
     LEFT JOIN csv_upload_file f ON f.upload_id = c.upload_id AND f.index = c.file_index
     WHERE c.id = $1 AND c.attempt_token = $2 AND c.status = 'PROCESSING'
     FOR UPDATE OF c`,
    [id, token],
  );
  if (rows.length === 0) return null;
  const { data, headers, ...chunk } = storedSchema.parse(rows[0]);
  return { ...chunk, ...readChunkData(data, headers), storesHeaders: headers === null };
}
