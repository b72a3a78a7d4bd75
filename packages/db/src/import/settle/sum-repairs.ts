import type { Repair } from '@pledgeline/csv-core';
import { maxRepairExamples } from '@pledgeline/csv-core/map';
import type pg from 'pg';
import { maxRepairs } from './statistics.js';

/** Adds up what the chunks of an upload have repaired. Chunks of the release before have no such list. */
export async function sumRepairs(client: pg.ClientBase, uploadId: string): Promise<readonly Repair[]> {
  const { rows } = await client.query<{ repairs: Repair[] }>(
    `SELECT result -> 'repairs' AS repairs FROM csv_upload_chunk
     WHERE upload_id = $1 AND status = 'COMPLETED' AND jsonb_array_length(result -> 'repairs') > 0
     ORDER BY index`,
    [uploadId],
  );
  const sums = new Map<string, Repair>();
  for (const repair of rows.flatMap(({ repairs }) => repairs)) {
    const id = JSON.stringify([repair.file, repair.column, repair.kind, repair.repaired]);
    const known = sums.get(id);
    sums.set(id, known === undefined ? repair : added(known, repair));
  }
  return [...sums.values()].sort((a, b) => b.count - a.count).slice(0, maxRepairs);
}

function added(known: Repair, repair: Repair): Repair {
  const examples = [...known.examples, ...repair.examples].slice(0, maxRepairExamples);
  return { ...known, count: known.count + repair.count, examples };
}
