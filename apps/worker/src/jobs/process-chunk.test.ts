import {
  createApiKey,
  createDatabase,
  createTurns,
  type Database,
  listIssues,
  readUpload,
} from '@pledgeline/db';
import { cloneDatabase, receiveCsv } from '@pledgeline/db/testing';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { processChunk } from './process-chunk.js';
import { createQuarantine } from './quarantine.js';

let db: Database;
let merchantId: string;
let close: () => Promise<void>;
let log: Record<string, unknown>[] = [];

beforeAll(async () => {
  const clone = await cloneDatabase(inject('testPostgres'));
  // Long enough for what these tests write, also beside other work.
  db = createDatabase({ connectionString: clone.url, maxConnections: 4, statementTimeoutMs: 1_000 });
  ({ merchantId } = await createApiKey(db, 'Ada Games', 'test'));
  close = async () => {
    await db.close();
    await clone.drop();
  };
});
afterAll(() => close());
beforeEach(() => {
  log = [];
});
afterEach(() => db.pool.query('DROP FUNCTION IF EXISTS disturb CASCADE'));

const logger = pino(
  { base: null, timestamp: false },
  { write: (line: string) => void log.push(JSON.parse(line)) },
);

/** Lets Postgres do this when the pledge with the number 2 is inserted. */
async function disturb(statement: string): Promise<void> {
  await db.pool.query(
    `CREATE FUNCTION disturb() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${statement}; RETURN NEW; END $$`,
  );
  await db.pool.query(
    `CREATE TRIGGER disturb BEFORE INSERT ON pledge FOR EACH ROW WHEN (NEW.external_id = '2') EXECUTE FUNCTION disturb()`,
  );
}

/** A file with four orders in one chunk. */
function receive(campaign: string) {
  const rows = [1, 2, 3, 4].map((n) => `${n},ada${n}@example.com,5.00,EUR,Lamp,1`);
  const csv = ['Order ID,Email,Amount,Currency,Product,Quantity', ...rows, ''].join('\n');
  return receiveCsv(db, { merchantId, campaign, csv, chunkRows: 10 });
}

/** Runs a job for each chunk that waits, up to a number of rounds. Resolves with how many jobs failed. */
async function work(uploadId: string, rounds: number): Promise<number> {
  const options = {
    db,
    logger,
    leaseMs: 60_000,
    maxAttempts: 5,
    turns: createTurns(),
    quarantine: createQuarantine(),
    onSettled: () => Promise.resolve(),
  };
  let failed = 0;
  for (let round = 0; round < rounds; round += 1) {
    const { rows } = await db.pool.query<{ id: string }>(
      `SELECT id FROM csv_upload_chunk WHERE upload_id = $1 AND status = 'PENDING'`,
      [uploadId],
    );
    for (const { id: chunkId } of rows) {
      const { signal } = new AbortController();
      await processChunk({ version: 1, uploadId, chunkId }, { signal, attempt: 2 }, options).catch(() => {
        failed += 1;
      });
    }
  }
  return failed;
}

async function chunksOf(uploadId: string) {
  const { rows } = await db.pool.query(
    'SELECT status, row_count, attempts, lost_workers, last_error FROM csv_upload_chunk WHERE upload_id = $1 ORDER BY index',
    [uploadId],
  );
  return rows;
}

it('refuses an order on which Postgres gives up each time, with a reason, and imports the rest of its chunk', async () => {
  await disturb('PERFORM pg_sleep(10)');
  const { id } = await receive('slow');
  expect(await work(id, 6)).toBe(5);
  expect(await readUpload(db, merchantId, id)).toMatchObject({
    status: 'COMPLETED',
    rows: { total: 4, imported: 3, rejected: 1, leftOut: 0, open: 0 },
  });
  const { issues } = await listIssues(db, id, { limit: 10 });
  expect(issues).toEqual([
    {
      file: null,
      row: 2,
      line: 3,
      column: null,
      code: 'unprocessable_row',
      message: expect.stringContaining('the database gave up each time it wrote it'),
      value: null,
      severity: 'error',
    },
  ]);
  const state = { status: 'COMPLETED', row_count: 1, last_error: null };
  expect(await chunksOf(id)).toEqual([
    { ...state, attempts: 1, lost_workers: 1 },
    { ...state, attempts: 0, lost_workers: 3 },
    { ...state, row_count: 2, attempts: 1, lost_workers: 1 },
  ]);
});

it.each([
  ['away', '08006'],
  ['stopping', '57P01'],
  ['read only', '25006'],
  ['out of disk', '53100'],
])('uses no attempt while Postgres is %s', async (state, code) => {
  await disturb(`RAISE EXCEPTION 'not now' USING ERRCODE = '${code}'`);
  const { id } = await receive(state);
  expect(await work(id, 7)).toBe(7);
  expect(await chunksOf(id)).toEqual([
    {
      status: 'PENDING',
      row_count: 4,
      attempts: 0,
      lost_workers: 0,
      last_error: 'the database was not available; it is tried again',
    },
  ]);
  await db.pool.query('DROP FUNCTION disturb CASCADE');
  await work(id, 1);
  expect(await readUpload(db, merchantId, id)).toMatchObject({ status: 'COMPLETED', rows: { imported: 4 } });
});

it('fails a chunk for which all attempts are used up, and counts no more than those', async () => {
  await disturb(`RAISE EXCEPTION 'a fault of ours'`);
  const { id } = await receive('faulty');
  expect(await work(id, 8)).toBe(5);
  expect(await chunksOf(id)).toMatchObject([{ status: 'FAILED', attempts: 5, lost_workers: 0 }]);
});

it('logs which order Postgres has refused and why, and no value of it', async () => {
  await disturb(
    `RAISE EXCEPTION 'bad ada2@example.com' USING ERRCODE = '22003', DETAIL = 'ada2@example.com'`,
  );
  const { id } = await receive('refused');
  expect(await work(id, 1)).toBe(0);
  expect(log.filter(({ msg }) => msg === 'Postgres refused an order')).toEqual([
    {
      level: 40,
      chunkId: expect.any(String),
      uploadId: id,
      file: null,
      row: 2,
      line: 3,
      rowCount: 1,
      err: {
        type: 'PostgresFault',
        name: 'PostgresFault',
        message: 'Postgres refused a value',
        stack: expect.any(String),
        code: '22003',
      },
      msg: 'Postgres refused an order',
    },
  ]);
  const { issues } = await listIssues(db, id, { limit: 10 });
  expect(issues).toMatchObject([
    {
      row: 2,
      line: 3,
      code: 'refused_by_database',
      message: expect.stringContaining('The database refused'),
    },
  ]);
  expect(JSON.stringify([log, issues])).not.toContain('ada2@');
});
