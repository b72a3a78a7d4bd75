import type { MappingSuggestion } from '@pledgeline/csv-core';
import { columnAssignmentSchema, suggestableFieldSchema } from '@pledgeline/csv-core/map';
import { z } from 'zod';
import type { Database } from '../../client.js';

const suggestionSchema = z.object({
  columns: z.array(
    z.object({
      ...columnAssignmentSchema.shape,
      header: z.string(),
      score: z.number(),
      reason: z.string(),
      alternatives: z.array(z.object({ as: suggestableFieldSchema, score: z.number() })),
    }),
  ),
  missing: z.array(suggestableFieldSchema),
  confidence: z.number(),
});

/** What the columns of a file that waits for a mapping may be, by all its cells; null when none is stored. */
export async function readSuggestion(
  db: Database,
  uploadId: string,
  fileIndex: number,
): Promise<MappingSuggestion | null> {
  const { rows } = await db.pool.query<{ suggestion: unknown }>(
    `SELECT suggestion FROM csv_upload_file WHERE upload_id = $1 AND index = $2`,
    [uploadId, fileIndex],
  );
  return suggestionSchema.nullable().parse(rows[0]?.suggestion ?? null);
}
