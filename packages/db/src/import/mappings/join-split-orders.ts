import {
  CsvFileError,
  createOrderSpan,
  MAX_CHUNK_LENGTH,
  MAX_ORDER_ROWS,
  type OrderGrouping,
  type OrderSpan,
} from '@pledgeline/csv-core';
import type pg from 'pg';
import { z } from 'zod';
import { storedDataSchema } from '../uploads/chunk-data.js';
import { UploadError } from '../uploads/upload-error.js';

const contentSchema = z.object({
  data: storedDataSchema,
  lines: z.array(z.int()),
});

interface StoredChunk extends z.infer<typeof contentSchema> {
  readonly id: string;
}

/**
 * Moves the rows at the start of a chunk that belong to the last order of the chunk before into that chunk, so that every
 * order is in one chunk. (While the columns were unknown, chunks were cut anywhere.)
 *
 * @throws UploadError `order_too_long`
 */
export async function joinSplitOrders(
  client: pg.ClientBase,
  uploadId: string,
  fileIndex: number,
  orders: OrderGrouping,
): Promise<void> {
  const { rows: chunks } = await client.query<{ id: string }>(
    'SELECT id FROM csv_upload_chunk WHERE upload_id = $1 AND file_index = $2 ORDER BY index',
    [uploadId, fileIndex],
  );
  const span = createOrderSpan(orders, MAX_ORDER_ROWS);
  let previous: StoredChunk | undefined;
  try {
    for (const { id } of chunks) {
      const chunk = await readChunk(client, id);
      const count = countContinuing(chunk, span);
      if (previous && count > 0) await moveRows(client, previous, chunk, count, span);
      if (chunk.data.rows.length > 0) previous = chunk;
    }
  } catch (error) {
    throw error instanceof CsvFileError ? tooLong(error) : error;
  }
}

/** Read by this process, a chunk at a time, because Postgres cannot process JSON with U+0000, which a file may contain. */
function countContinuing({ data, lines }: StoredChunk, span: OrderSpan): number {
  const continues = data.rows.map((row, index) => span.continuesWith(row, lines[index] ?? 0));
  const end = continues.indexOf(false);
  return end < 0 ? continues.length : end;
}

/** @throws CsvFileError `order_too_long` */
async function moveRows(
  client: pg.ClientBase,
  into: StoredChunk,
  from: StoredChunk,
  count: number,
  span: OrderSpan,
): Promise<void> {
  into.data.rows.push(...from.data.rows.splice(0, count));
  into.lines.push(...from.lines.splice(0, count));
  // As the reader has it of a chunk that stays open for an order.
  if (textLength(into) > 2 * MAX_CHUNK_LENGTH) throw span.tooLong();
  await writeChunk(client, into, 0);
  if (from.data.rows.length > 0) await writeChunk(client, from, count);
  else await removeChunk(client, from);
}

function textLength({ data }: StoredChunk): number {
  let length = 0;
  for (const row of data.rows) for (const cell of row) length += cell.length;
  return length;
}

/** A chunk at a time, and not in SQL: Postgres cannot look into JSON that holds U+0000, as a file may. */
async function readChunk(client: pg.ClientBase, id: string): Promise<StoredChunk> {
  const { rows } = await client.query('SELECT data, lines FROM csv_upload_chunk WHERE id = $1 FOR UPDATE', [
    id,
  ]);
  return { id, ...contentSchema.parse(rows[0]) };
}

/** @param removed rows that were taken off its start */
async function writeChunk(client: pg.ClientBase, chunk: StoredChunk, removed: number): Promise<void> {
  const { id, data, lines } = chunk;
  await client.query(
    `UPDATE csv_upload_chunk SET data = $2, lines = $3, row_count = $4, first_row = first_row + $5, updated_at = now()
     WHERE id = $1`,
    [id, JSON.stringify(data), lines, data.rows.length, removed],
  );
}

async function removeChunk(client: pg.ClientBase, { id }: StoredChunk): Promise<void> {
  await client.query(
    `WITH gone AS (DELETE FROM csv_upload_chunk WHERE id = $1 RETURNING upload_id)
     UPDATE csv_upload SET chunk_count = chunk_count - 1 WHERE id = (SELECT upload_id FROM gone)`,
    [id],
  );
}

function tooLong(cause: CsvFileError): UploadError {
  return new UploadError(
    'order_too_long',
    `The order that starts on line ${cause.line} has too many rows, or too much text, to be read as one. Choose another column for the order number.`,
    { cause },
  );
}
