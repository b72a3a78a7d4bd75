import { type RowIssue, storableText } from '@pledgeline/csv-core';
import type pg from 'pg';
import type { ChunkResult } from '../settle/statistics.js';
import { chunkSources } from '../status/moves.js';
import type { Loss, StoredChunk } from './lost-chunk.js';

const nothing: ChunkResult = {
  records: { backers: 0, pledges: 0, surveys: 0 },
  products: [],
  totals: [],
  repairs: [],
};

/** Rejects all rows of a chunk, which is one order and was lost this many times. The caller has locked the chunk. */
export async function refuseChunk(
  client: pg.ClientBase,
  chunk: StoredChunk,
  losses: number,
  loss: Loss,
): Promise<void> {
  await client.query(
    `UPDATE csv_upload_chunk
     SET status = 'COMPLETED', imported_count = 0, rejected_count = row_count, left_out_count = 0, result = $2, errors = $3,
         lost_workers = $4, attempts = greatest(attempts - 1, 0), attempt_token = NULL, lease_until = NULL, last_error = NULL,
         updated_at = now(), finished_at = now()
     WHERE id = $1 AND status = ANY ($5::"UploadStatus"[])`,
    [
      chunk.id,
      JSON.stringify(nothing),
      JSON.stringify(chunk.rows.map((_, at) => refusal(chunk, at, loss))),
      losses,
      chunkSources('COMPLETED'),
    ],
  );
}

const reasons: Readonly<Record<Loss, string>> = {
  worker:
    'could not be processed: our program stopped each time it read it, also when it read nothing else. Look for values that are very long or unlike those of other rows, correct them and send the row again, or tell us if it looks right.',
  server:
    'could not be stored: the database stopped each time it wrote it, also when it wrote nothing else. Look for values that are very long or unlike those of other rows, correct them and send the row again, or tell us if it looks right.',
  'too-much':
    'could not be stored: the database gave up each time it wrote it, also when it wrote nothing else. Look for values that are very long, or very many filled columns, shorten them and send the row again, or tell us if it looks right.',
};

function refusal({ rows, lines, firstRow, file }: StoredChunk, at: number, loss: Loss): RowIssue {
  const line = lines[at] ?? firstRow + at + 1;
  const what =
    rows.length === 1
      ? 'This row'
      : `The order that begins in line ${lines[0] ?? line} (${rows.length} rows)`;
  const message = `${what} ${reasons[loss]}`;
  return {
    file,
    row: firstRow + at,
    line,
    column: null,
    code: 'unprocessable_row',
    message: storableText(message),
    value: null,
    severity: 'error',
  };
}
