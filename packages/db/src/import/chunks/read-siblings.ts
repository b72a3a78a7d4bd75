import type { RowRun } from '@pledgeline/csv-core';
import { mapOptions, pickSiblings } from '@pledgeline/csv-core/map';
import type pg from 'pg';
import { z } from 'zod';
import type { Database } from '../../client.js';
import { inTransaction } from '../../transaction.js';
import { storedDataSchema } from '../uploads/chunk-data.js';
import type { ClaimedChunk } from './claim-chunk.js';

const storedRunSchema = z.object({
  firstRow: z.int(),
  lines: z.array(z.int()),
  data: storedDataSchema,
});

/** The rows of other chunks that a chunk has to be mapped with, in file order. Memory holds one other chunk at a time. */
export function readSiblings(db: Database, chunk: ClaimedChunk): Promise<readonly RowRun[]> {
  if (chunk.siblingRows.length === 0) return Promise.resolve([]);
  return inTransaction(db.pool, async (client) => {
    // One view of all chunks: another one may be halved meanwhile.
    await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    return readRuns(client, chunk);
  });
}

async function readRuns(client: pg.ClientBase, chunk: ClaimedChunk): Promise<readonly RowRun[]> {
  const { id, uploadId, headers, siblingRows } = chunk;
  const { rows: others } = await client.query<{ id: string }>(
    `SELECT c.id FROM csv_upload_chunk c
     WHERE c.upload_id = $1 AND c.id <> $2
       AND EXISTS (SELECT 1 FROM unnest($3::int[]) AS wanted (row) WHERE wanted.row BETWEEN c.first_row AND c.first_row + c.row_count - 1)
     ORDER BY c.index`,
    [uploadId, id, siblingRows],
  );
  const wanted = new Set(siblingRows);
  const siblings: RowRun[] = [];
  for (const other of others) {
    const { rows } = await client.query(
      // The data as a whole: Postgres cannot look into JSON that holds U+0000, as a file may.
      `SELECT first_row AS "firstRow", lines, data FROM csv_upload_chunk WHERE id = $1`,
      [other.id],
    );
    const { data, ...place } = storedRunSchema.parse(rows[0]);
    const run = { ...place, rows: data.rows };
    siblings.push(...pickSiblings(headers, run, wanted, mapOptions(chunk)));
  }
  return siblings;
}
