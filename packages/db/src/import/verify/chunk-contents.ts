import type pg from 'pg';
import { z } from 'zod';
import type { Invariant } from './upload-check.js';

const contentSchema = z.object({ rows: z.array(z.unknown()) });

/**
 * That the stored rows are as many as the chunk says. Counted here, a chunk at a time: Postgres cannot look into JSON that
 * holds U+0000, as a file may.
 */
export const chunkContents: Invariant = {
  check: 'chunk-contents',
  promise: 'Every chunk holds as many rows, and line numbers, as it says.',
  async find(client, uploadId) {
    const { rows: chunks } = await client.query<{ id: string }>(
      'SELECT id FROM csv_upload_chunk WHERE upload_id = $1 ORDER BY index',
      [uploadId],
    );
    const problems: string[] = [];
    for (const { id } of chunks) problems.push(...(await findMiscounted(client, id)));
    return problems;
  },
};

async function findMiscounted(client: pg.ClientBase, id: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ index: number; said: number; lines: number; data: unknown }>(
    `SELECT index, row_count AS said, cardinality(lines) AS lines, data FROM csv_upload_chunk WHERE id = $1`,
    [id],
  );
  return rows.flatMap(({ index, said, lines, data }) => {
    const content = contentSchema.safeParse(data);
    const found = content.success ? content.data.rows.length : 'no';
    return found === said && lines === said
      ? []
      : [`chunk ${index} says ${said} rows, and holds ${found} rows and ${lines} line numbers`];
  });
}
