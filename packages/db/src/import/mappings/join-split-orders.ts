import type { OrderColumn } from '@pledgeline/csv-core';
import type pg from 'pg';
import { z } from 'zod';
import { UploadError } from '../uploads/upload-error.js';

/** The same limit as the reader has where the platform is known from the start. */
const MAX_ORDER_ROWS = 2_000;

interface ChunkEdge {
  id: string;
  first: string | null;
  last: string | null;
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
  orders: OrderColumn,
): Promise<void> {
  const { rows: chunks } = await client.query<{ id: string }>(
    'SELECT id FROM csv_upload_chunk WHERE upload_id = $1 AND file_index = $2 ORDER BY index',
    [uploadId, fileIndex],
  );
  let previous: ChunkEdge | undefined;
  for (const { id } of chunks) {
    const chunk = await readEdge(client, id, orders);
    if (previous && continues(previous.last ?? '', chunk.first ?? '', orders)) {
      await moveRows(client, previous, chunk, orders);
    }
    previous = chunk;
  }
}

/** Read by this process, a chunk at a time, because Postgres cannot process JSON with U+0000, which a file may contain. */
async function readEdge(client: pg.ClientBase, id: string, { orderColumn }: OrderColumn): Promise<ChunkEdge> {
  const { rows } = (await readChunk(client, id)).data;
  return { id, first: rows.at(0)?.[orderColumn] ?? null, last: rows.at(-1)?.[orderColumn] ?? null };
}

function continues(before: string, cell: string, { blankContinues }: OrderColumn): boolean {
  const order = cell.trim();
  return order === '' ? blankContinues : order === before.trim();
}

const contentSchema = z.object({
  data: z.object({ headers: z.array(z.string()), rows: z.array(z.array(z.string())) }),
  lines: z.array(z.int()),
});
type Content = z.infer<typeof contentSchema>;

async function moveRows(
  client: pg.ClientBase,
  into: ChunkEdge,
  from: ChunkEdge,
  orders: OrderColumn,
): Promise<void> {
  const target = await readChunk(client, into.id);
  const source = await readChunk(client, from.id);
  const order = into.last ?? '';
  const end = source.data.rows.findIndex((row) => !continues(order, row[orders.orderColumn] ?? '', orders));
  if (end < 0 || end > MAX_ORDER_ROWS) throw tooLong(source.lines[0] ?? 0);
  target.data.rows.push(...source.data.rows.splice(0, end));
  target.lines.push(...source.lines.splice(0, end));
  await writeChunk(client, into.id, target, 0);
  await writeChunk(client, from.id, source, end);
}

async function readChunk(client: pg.ClientBase, id: string): Promise<Content> {
  const { rows } = await client.query('SELECT data, lines FROM csv_upload_chunk WHERE id = $1 FOR UPDATE', [
    id,
  ]);
  return contentSchema.parse(rows[0]);
}

async function writeChunk(
  client: pg.ClientBase,
  id: string,
  content: Content,
  removed: number,
): Promise<void> {
  await client.query(
    `UPDATE csv_upload_chunk SET data = $2, lines = $3, row_count = $4, first_row = first_row + $5, updated_at = now()
     WHERE id = $1`,
    [id, JSON.stringify(content.data), content.lines, content.data.rows.length, removed],
  );
}

function tooLong(line: number): UploadError {
  return new UploadError(
    'order_too_long',
    `The order that goes on in line ${line} has too many rows to be read as one. Choose another column for the order number.`,
  );
}
