import type pg from 'pg';
import { z } from 'zod';
import type { Invariant } from './upload-check.js';

const contentSchema = z.object({ rows: z.array(z.unknown()) });

/**
 * The stored rows and line numbers are as many as the chunk's `row_count`. Counted by this process, a chunk at a time, because
 * Postgres cannot process JSON with U+0000, which a file may contain.
 */
export const chunkContents: Invariant = {
  check: 'chunk-contents',
  promise: 'Every chunk holds as many rows, and as many line numbers, as its row count.',
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
  const { rows } = await client.query<{ index: number; expected: number; lines: number; data: unknown }>(
    `SELECT index, row_count AS expected, cardinality(lines) AS lines, data FROM csv_upload_chunk WHERE id = $1`,
    [id],
  );
  return rows.flatMap(({ index, expected, lines, data }) => {
    const content = contentSchema.safeParse(data);
    const found = content.success ? content.data.rows.length : 'no';
    return found === expected && lines === expected
      ? []
      : [`chunk ${index} says ${expected} rows, and holds ${found} rows and ${lines} line numbers`];
  });
}
