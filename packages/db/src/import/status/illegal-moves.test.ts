import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createDatabase, type Database } from '../../client.js';
import { UploadStatus } from '../../generated/prisma/client.js';
import { createApiKey } from '../../keys/api-keys.js';
import { cloneDatabase } from '../../test-support/template-database.js';
import { createUpload } from '../uploads/create-upload.js';
import { chunkMoves, uploadMoves } from './moves.js';

let db: Database;
let drop: () => Promise<void>;
let uploadId: string;

beforeAll(async () => {
  const clone = await cloneDatabase(inject('testPostgres'));
  db = createDatabase({ connectionString: clone.url, maxConnections: 2 });
  drop = clone.drop;
  const { merchantId } = await createApiKey(db, 'Ada Games', 'test');
  ({ id: uploadId } = await createUpload(db, { merchantId, campaign: 'Lamp' }));
});

afterAll(async () => {
  await db.close();
  await drop();
});

const statuses = Object.values(UploadStatus);
const pairs = statuses.flatMap((from) => statuses.map((to) => ({ from, to })));

/** Inserts a row with this status. The trigger checks changes only, so any status may be inserted. */
async function insertUpload(status: UploadStatus): Promise<string> {
  const { rows } = await db.pool.query<{ id: string }>(
    `INSERT INTO csv_upload (id, merchant_id, campaign_id, sequence, status)
     SELECT gen_random_uuid(), merchant_id, campaign_id, (SELECT max(sequence) + 1 FROM csv_upload), $2::"UploadStatus"
     FROM csv_upload WHERE id = $1 RETURNING id`,
    [uploadId, status],
  );
  return rows[0]?.id ?? '';
}

async function insertChunk(status: UploadStatus): Promise<string> {
  const id = randomUUID();
  await db.pool.query(
    `INSERT INTO csv_upload_chunk (id, upload_id, index, first_row, row_count, lines, data, status)
     SELECT $2, $1, coalesce(max(index) + 1, 0), 1, 0, '{}', '{}', $3::"UploadStatus"
     FROM csv_upload_chunk WHERE upload_id = $1`,
    [uploadId, id, status],
  );
  return id;
}

describe.each([
  { table: 'csv_upload', moves: uploadMoves, insert: insertUpload },
  { table: 'csv_upload_chunk', moves: chunkMoves, insert: insertChunk },
])('the status in $table', ({ table, moves, insert }) => {
  it.each(pairs)('moves from $from to $to exactly when the list of moves allows it', async ({ from, to }) => {
    const id = await insert(from);
    const update = db.pool.query(`UPDATE ${table} SET status = $2::"UploadStatus" WHERE id = $1`, [id, to]);
    if (from === to || moves.some((move) => move.from === from && move.to === to)) {
      expect((await update).rowCount).toBe(1);
      return;
    }
    await expect(update).rejects.toMatchObject({
      code: '55000',
      message: `${table} ${id} may not move from ${from} to ${to}`,
    });
    const { rows } = await db.pool.query(`SELECT status FROM ${table} WHERE id = $1`, [id]);
    expect(rows).toEqual([{ status: from }]);
  });
});
