import type { ColumnAssignment, FileIssueCode, RepeatedNumbers } from '@pledgeline/csv-core';
import { findRepeats } from '@pledgeline/csv-core/map';
import type pg from 'pg';
import { addFileWarning } from '../uploads/add-file-warning.js';
import { readChunkData } from '../uploads/chunk-data.js';
import { planSiblings } from './plan-siblings.js';

/** A file whose columns are known, and whose chunks keep the rows of each order together. */
export interface LinkedFile {
  readonly fileIndex: number;
  readonly platform: string;
  readonly columns: readonly ColumnAssignment[] | null;
  /** Rows with the same number; null when they have to be looked for in the chunks. */
  readonly repeats: RepeatedNumbers | null;
}

interface LinkedChunk {
  readonly id: string;
  readonly firstRow: number;
  readonly rowCount: number;
}

/**
 * Stores with each chunk of a file which rows of other chunks bear the same numbers as its own, so that the worker reads them
 * together. Otherwise they would be merged in the tables, of whichever people they are. If there are too many, the file gets an
 * issue that says so.
 */
export async function linkSiblings(client: pg.ClientBase, uploadId: string, file: LinkedFile): Promise<void> {
  const { rows: chunks } = await client.query<LinkedChunk>(
    `SELECT id, first_row AS "firstRow", row_count AS "rowCount" FROM csv_upload_chunk
     WHERE upload_id = $1 AND file_index = $2 ORDER BY index`,
    [uploadId, file.fileIndex],
  );
  const [first] = chunks;
  if (first === undefined || chunks.length < 2) return;
  const repeats = file.repeats ?? (await findInChunks(client, chunks, file));
  const groups = repeats.groups.map((group) => group.map((row) => first.firstRow + row));
  const { siblings, uncompared } = planSiblings(chunks, groups);
  const linked = chunks.flatMap(({ id }, at) => {
    const rows = siblings[at] ?? [];
    return rows.length === 0 ? [] : [{ id, rows: `{${rows.join(',')}}` }];
  });
  await client.query(
    `UPDATE csv_upload_chunk c SET sibling_rows = linked.rows::int[]
     FROM unnest($1::uuid[], $2::text[]) AS linked (id, rows) WHERE c.id = linked.id`,
    [linked.map(({ id }) => id), linked.map(({ rows }) => rows)],
  );
  const left = uncompared + repeats.unlisted;
  if (left > 0) await addFileWarning(client, uploadId, file.fileIndex, uncomparedNumbers(left));
}

/** A chunk at a time, and not in SQL: Postgres cannot look into JSON that holds U+0000, as a file may. */
async function findInChunks(
  client: pg.ClientBase,
  chunks: readonly LinkedChunk[],
  { platform, columns }: LinkedFile,
): Promise<RepeatedNumbers> {
  let evidence: ReturnType<typeof findRepeats> = null;
  for (const [at, { id }] of chunks.entries()) {
    const { rows } = await client.query<{ data: unknown; headers: unknown }>(
      `SELECT c.data, f.headers FROM csv_upload_chunk c
       LEFT JOIN csv_upload_file f ON f.upload_id = c.upload_id AND f.index = c.file_index WHERE c.id = $1`,
      [id],
    );
    const data = readChunkData(rows[0]?.data, rows[0]?.headers);
    if (at === 0) evidence = findRepeats(data.headers, { platform, columns: columns ?? undefined });
    if (evidence === null) break;
    for (const cells of data.rows) evidence.add(cells);
  }
  return evidence?.result() ?? { groups: [], unlisted: 0 };
}

function uncomparedNumbers(count: number): { readonly code: FileIssueCode; readonly message: string } {
  const what = count === 1 ? '1 number of a pledge is' : `${count} numbers of pledges are`;
  const message = `${what} in rows all over the file, which are too many to compare: where they are of different people or amounts, the later row counts. Give each pledge its own number, or sort the file by number and send it again.`;
  return { code: 'uncompared_numbers', message };
}
