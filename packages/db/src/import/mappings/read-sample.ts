import { z } from 'zod';
import type { Database } from '../../client.js';

/** The beginning of a file, to see what its columns hold. */
export interface FileSample {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const sampleSchema = z.object({
  headers: z.array(z.string()),
  rows: z.array(z.array(z.string())).nullable(),
});

/** The first rows of one file of an upload; null when no chunk of it is stored. */
export async function readSample(
  db: Database,
  uploadId: string,
  fileIndex: number,
  limit: number,
): Promise<FileSample | null> {
  const { rows } = await db.pool.query(
    `SELECT data -> 'headers' AS headers,
            (SELECT json_agg(row) FROM (SELECT value AS row FROM json_array_elements(data -> 'rows') LIMIT $3) first) AS rows
     FROM csv_upload_chunk WHERE upload_id = $1 AND file_index = $2 ORDER BY index LIMIT 1`,
    [uploadId, fileIndex, limit],
  );
  if (rows.length === 0) return null;
  const { headers, rows: sample } = sampleSchema.parse(rows[0]);
  return { headers, rows: sample ?? [] };
}
