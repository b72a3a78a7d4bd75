import pg from 'pg';
import { z } from 'zod';
import type { Database } from '../../client.js';
import { readChunkData } from '../uploads/chunk-data.js';

/** The beginning of a file, to see what its columns hold. */
export interface FileSample {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const sampleSchema = z.object({
  headers: z.array(z.string()),
  rows: z.array(z.array(z.string())).nullable(),
});

/** How long the rows of a sample may be together, as they are stored. There is one row at least. */
const MAX_SAMPLE_BYTES = 256 * 1024;

/** The first rows of one file of an upload, fewer where they are long; null when no chunk of it is stored. */
export async function readSample(
  db: Database,
  uploadId: string,
  fileIndex: number,
  limit: number,
): Promise<FileSample | null> {
  try {
    return await cutByPostgres(db, uploadId, fileIndex, limit);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return cutHere(db, uploadId, fileIndex, limit);
  }
}

/** untranslatable_character: Postgres cannot look into JSON that holds U+0000, as a file may. */
function isUnreadable(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '22P05';
}

const firstChunk = `csv_upload_chunk c LEFT JOIN csv_upload_file f ON f.upload_id = c.upload_id AND f.index = c.file_index
  WHERE c.upload_id = $1 AND c.file_index = $2 ORDER BY c.index LIMIT 1`;

/** So that a whole chunk need not be sent and parsed. */
async function cutByPostgres(
  db: Database,
  uploadId: string,
  fileIndex: number,
  limit: number,
): Promise<FileSample | null> {
  const { rows } = await db.pool.query(
    `SELECT coalesce(c.data -> 'headers', f.headers) AS headers,
            (SELECT json_agg(row) FROM (
               SELECT value AS row, position, sum(octet_length(value::text)) OVER (ORDER BY position) AS length
               FROM json_array_elements(c.data -> 'rows') WITH ORDINALITY AS one (value, position)
               LIMIT $3) first WHERE position = 1 OR length <= ${MAX_SAMPLE_BYTES}) AS rows
     FROM ${firstChunk}`,
    [uploadId, fileIndex, limit],
  );
  if (rows.length === 0) return null;
  const { headers, rows: sample } = sampleSchema.parse(rows[0]);
  return { headers, rows: sample ?? [] };
}

async function cutHere(
  db: Database,
  uploadId: string,
  fileIndex: number,
  limit: number,
): Promise<FileSample | null> {
  const { rows } = await db.pool.query<{ data: unknown; headers: unknown }>(
    `SELECT c.data, f.headers FROM ${firstChunk}`,
    [uploadId, fileIndex],
  );
  const [stored] = rows;
  if (stored === undefined) return null;
  const { headers, rows: all } = readChunkData(stored.data, stored.headers);
  let length = 0;
  const sample = all.slice(0, limit).filter((cells, at) => {
    length += Buffer.byteLength(JSON.stringify(cells));
    return at === 0 || length <= MAX_SAMPLE_BYTES;
  });
  return { headers, rows: sample };
}
