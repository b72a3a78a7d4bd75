import { z } from 'zod';
import type { Database } from '../../client.js';
import { readableData } from '../uploads/chunk-data.js';

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

/**
 * The first rows of one file of an upload, fewer where they are long; null when no chunk of it is stored. Characters that
 * cannot be stored elsewhere are replaced.
 */
export async function readSample(
  db: Database,
  uploadId: string,
  fileIndex: number,
  limit: number,
): Promise<FileSample | null> {
  const { rows } = await db.pool.query(
    `SELECT coalesce(data -> 'headers', headers) AS headers,
            (SELECT json_agg(row) FROM (
               SELECT value AS row, position, sum(octet_length(value::text)) OVER (ORDER BY position) AS length
               FROM json_array_elements(data -> 'rows') WITH ORDINALITY AS one (value, position)
               LIMIT $3) first WHERE position = 1 OR length <= ${MAX_SAMPLE_BYTES}) AS rows
     FROM (SELECT ${readableData('c.data')} AS data, ${readableData('f.headers')} AS headers FROM csv_upload_chunk c
           LEFT JOIN csv_upload_file f ON f.upload_id = c.upload_id AND f.index = c.file_index
           WHERE c.upload_id = $1 AND c.file_index = $2 ORDER BY c.index LIMIT 1) chunk`,
    [uploadId, fileIndex, limit],
  );
  if (rows.length === 0) return null;
  const { headers, rows: sample } = sampleSchema.parse(rows[0]);
  return { headers, rows: sample ?? [] };
}
