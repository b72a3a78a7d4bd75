import { beforeEach, describe, expect, inject, it } from 'vitest';
import { createDatabase, type Database } from '../../client.js';
import { createApiKey } from '../../keys/api-keys.js';
import { brokenChecks } from '../../test-support/broken-checks.js';
import { finishChunk, processUpload } from '../../test-support/process-upload.js';
import { receiveCsv } from '../../test-support/receive-csv.js';
import { cloneDatabase } from '../../test-support/template-database.js';
import { listIssues } from '../reports/list-issues.js';
import { readUpload } from '../reports/read-upload.js';
import { sweep } from '../sweep/sweep.js';
import { claimChunk } from './claim-chunk.js';
import { releaseSuspect } from './release-suspect.js';

let db: Database;
let merchantId: string;

beforeEach(async () => {
  const clone = await cloneDatabase(inject('testPostgres'));
  db = createDatabase({ connectionString: clone.url, maxConnections: 4 });
  ({ merchantId } = await createApiKey(db, 'Ada Games', 'test'));
  return async () => {
    await db.close();
    await clone.drop();
  };
});

const options = { pendingAfterMs: 0, silentAfterMs: 60_000, limit: 100 };

/** Rows with a number, of which one may end the worker. */
function receive(numbers: readonly string[], chunkRows: number) {
  const lines = numbers.map((number, at) => `${number},ada${number}@example.com,5.00,EUR,Lamp ${at},1`);
  const csv = ['Order ID,Email,Amount,Currency,Product,Quantity', ...lines, ''].join('\n');
  return receiveCsv(db, { merchantId, campaign: `Lamp ${numbers.join()}`, csv, chunkRows });
}

/** As workers do that end whenever they read this number: sweeps and processes until nothing waits. Returns how many ended. */
async function workWithPoison(poison: string): Promise<number> {
  let ended = 0;
  for (let round = 0; round < 100; round += 1) {
    const { pendingChunks, failures } = await sweep(db, options);
    expect(failures).toEqual([]);
    if (pendingChunks.length === 0) return ended;
    for (const { chunkId } of pendingChunks) {
      const chunk = await claimChunk(db, chunkId, { leaseMs: 60_000 });
      if (chunk === null) continue;
      if (!chunk.rows.some(([number]) => number === poison)) {
        await finishChunk(db, chunk);
        continue;
      }
      ended += 1;
      await db.pool.query(`UPDATE csv_upload_chunk SET lease_until = now() - interval '1 s' WHERE id = $1`, [
        chunkId,
      ]);
    }
  }
  throw new Error('The poison was tried for ever');
}

async function stateOf(uploadId: string) {
  const { rows } = await db.pool.query(
    `SELECT index, first_row, row_count, attempts, lost_workers, sibling_rows FROM csv_upload_chunk
     WHERE upload_id = $1 ORDER BY index`,
    [uploadId],
  );
  return rows;
}

async function lose(chunkId: string): Promise<void> {
  await claimChunk(db, chunkId, { leaseMs: -1 });
  await sweep(db, options);
}

describe('a chunk that loses its workers', () => {
  it('waits again after the first one, and the attempt does not count', async () => {
    const { id, chunkIds } = await receive(['1', '2', '3', '4'], 4);
    await lose(chunkIds[0] ?? '');
    expect(await stateOf(id)).toMatchObject([{ row_count: 4, attempts: 0, lost_workers: 1 }]);
    expect(await claimChunk(db, chunkIds[0] ?? '', { leaseMs: 1, suspects: false })).toBeNull();
    await processUpload(db, id);
    expect(await brokenChecks(db, id)).toEqual([]);
  });

  it('is halved after the second one, in its place among the chunks, with the rows that belong together', async () => {
    const { id, chunkIds } = await receive(['1', '2', '3', '4', '5', '1', '6', '7', '8', '9', '10', '11'], 6);
    await lose(chunkIds[0] ?? '');
    await lose(chunkIds[0] ?? '');
    expect(await stateOf(id)).toMatchObject([
      { index: 0, first_row: 1, row_count: 3, attempts: 0, lost_workers: 1, sibling_rows: [6] },
      { index: 1, first_row: 4, row_count: 3, attempts: 0, lost_workers: 1, sibling_rows: [1] },
      { index: 2, first_row: 7, row_count: 6, attempts: 0, lost_workers: 0 },
    ]);
    expect(await brokenChecks(db, id)).toEqual([]);
    await processUpload(db, id);
    expect(await readUpload(db, merchantId, id)).toMatchObject({
      status: 'COMPLETED',
      rows: { imported: 12 },
    });
    expect(await brokenChecks(db, id)).toEqual([]);
  });

  it('is halved until only the order is refused that ends them, and the rest of the file is imported', async () => {
    const numbers = Array.from({ length: 20 }, (_, at) => String(at + 1));
    const { id } = await receive(numbers, 10);
    expect(await workWithPoison('14')).toBeLessThan(12);
    expect(await readUpload(db, merchantId, id)).toMatchObject({
      status: 'COMPLETED',
      rows: { total: 20, imported: 19, rejected: 1 },
    });
    const { issues } = await listIssues(db, id, { limit: 10 });
    expect(issues).toMatchObject([
      { row: 14, line: 15, code: 'unprocessable_row', severity: 'error', file: null },
    ]);
    expect(issues[0]?.message).toContain('This row could not be processed');
    expect(await brokenChecks(db, id)).toEqual([]);
  });

  it('is refused with all rows of an order', async () => {
    const { id } = await receive(['1', '2', '2', '2', '3'], 10);
    await workWithPoison('2');
    expect(await readUpload(db, merchantId, id)).toMatchObject({
      status: 'COMPLETED',
      rows: { imported: 2, rejected: 3 },
    });
    const { issues } = await listIssues(db, id, { limit: 10 });
    expect(issues.map(({ row }) => row)).toEqual([2, 3, 4]);
    expect(issues[0]?.message).toContain('The order that begins in line 3 (3 rows)');
    expect(await brokenChecks(db, id)).toEqual([]);
  });

  it('is refused sooner where Postgres crashes with it alone, and later where nothing else is imported either', async () => {
    const crashesUntilRefused = async (number: string) => {
      const { chunkIds } = await receive([number], 1);
      for (let crashes = 1; crashes < 100; crashes += 1) {
        const chunk = await claimChunk(db, chunkIds[0] ?? '', { leaseMs: 60_000 });
        if (chunk === null) throw new Error('There is nothing to claim');
        const { release } = await releaseSuspect(db, chunk, 'server');
        if (release?.outcome === 'refused') return crashes;
      }
      throw new Error('It was tried for ever');
    };
    expect(await crashesUntilRefused('1')).toBe(10);
    await processUpload(db, (await receive(['2'], 1)).id);
    expect(await crashesUntilRefused('3')).toBe(3);
  });
});
