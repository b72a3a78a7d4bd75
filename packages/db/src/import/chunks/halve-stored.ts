import type { Halves } from '@pledgeline/csv-core';
import { halveChunk } from '@pledgeline/csv-core/map';
import type pg from 'pg';
import { newId } from '../../ids.js';
import { type FreedChunk, type Loss, lossInWords, type StoredChunk } from './lost-chunk.js';

/**
 * Replaces a chunk by two that wait for a worker. Null, and nothing is changed, when it holds a single order. The caller has locked
 * the upload and the chunk.
 */
export async function halveStored(
  client: pg.ClientBase,
  chunk: StoredChunk,
  loss: Loss,
): Promise<readonly FreedChunk[] | null> {
  const { headers, rows, platform, columns } = chunk;
  const halves = halveChunk(headers, rows, {
    platform: platform ?? undefined,
    columns: columns ?? undefined,
  });
  if (halves === null) return null;
  await makeRoom(client, chunk);
  const freed: FreedChunk[] = [];
  for (const half of partsOf(chunk, halves)) {
    freed.push(await insertHalf(client, chunk, half, loss));
  }
  await client.query('DELETE FROM csv_upload_chunk WHERE id = $1', [chunk.id]);
  await client.query('UPDATE csv_upload SET chunk_count = chunk_count + 1 WHERE id = $1', [chunk.uploadId]);
  return freed;
}

/** Moves the chunks after this one on by one index, and this one out of the way. In two steps: each index is unique at any time. */
async function makeRoom(client: pg.ClientBase, { id, uploadId, index }: StoredChunk): Promise<void> {
  await client.query(`UPDATE csv_upload_chunk SET index = -index - 2 WHERE upload_id = $1 AND index > $2`, [
    uploadId,
    index,
  ]);
  await client.query('UPDATE csv_upload_chunk SET index = -1 WHERE id = $1', [id]);
  await client.query('UPDATE csv_upload_chunk SET index = -index - 1 WHERE upload_id = $1 AND index < -1', [
    uploadId,
  ]);
}

interface Half extends Pick<StoredChunk, 'index' | 'firstRow' | 'lines' | 'siblingRows' | 'rows'> {}

function partsOf(
  { index, firstRow, lines, siblingRows, rows }: StoredChunk,
  { at, siblingsOfFirst, siblingsOfSecond }: Halves,
): readonly Half[] {
  // Rows of other chunks that are a sibling of one half only do no harm to the other.
  const siblings = (positions: readonly number[]) =>
    [...siblingRows, ...positions.map((position) => firstRow + position)].sort((a, b) => a - b);
  return [
    {
      index,
      firstRow,
      lines: lines.slice(0, at),
      rows: rows.slice(0, at),
      siblingRows: siblings(siblingsOfFirst),
    },
    {
      index: index + 1,
      firstRow: firstRow + at,
      lines: lines.slice(at),
      rows: rows.slice(at),
      siblingRows: siblings(siblingsOfSecond),
    },
  ];
}

async function insertHalf(
  client: pg.ClientBase,
  whole: StoredChunk,
  half: Half,
  loss: Loss,
): Promise<FreedChunk> {
  const chunkId = newId();
  const { rows } = await client.query<{ attempt: number }>(
    `INSERT INTO csv_upload_chunk
       (id, upload_id, index, file_index, first_row, row_count, lines, sibling_rows, data, attempts, lost_workers, last_error, created_at)
     SELECT $2, upload_id, $3, file_index, $4, $5, $6, $7, $8, greatest(attempts - 1, 0), 1, $9, created_at
     FROM csv_upload_chunk WHERE id = $1
     RETURNING attempts + lost_workers AS attempt`,
    [
      whole.id,
      chunkId,
      half.index,
      half.firstRow,
      half.rows.length,
      half.lines,
      half.siblingRows,
      JSON.stringify(whole.storesHeaders ? { headers: whole.headers, rows: half.rows } : { rows: half.rows }),
      lossInWords[loss],
    ],
  );
  return { chunkId, attempt: rows[0]?.attempt ?? 0 };
}
