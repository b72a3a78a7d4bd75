import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createDatabase, type Database } from '../../client.js';
import { createApiKey } from '../../keys/api-keys.js';
import { processChunk } from '../../test-support/process-upload.js';
import { receiveCsv } from '../../test-support/receive-csv.js';
import { cloneDatabase } from '../../test-support/template-database.js';
import { readUpload } from '../reports/read-upload.js';
import { sweep } from '../sweep/sweep.js';
import { cancelUpload } from '../uploads/cancel-upload.js';
import { SettleError } from './settle-upload.js';

const STATEMENT_TIMEOUT_MS = 1_000;

let db: Database;
let drop: () => Promise<void>;
let merchantId: string;

beforeAll(async () => {
  const clone = await cloneDatabase(inject('testPostgres'));
  db = createDatabase({
    connectionString: clone.url,
    maxConnections: 2,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  });
  drop = clone.drop;
  ({ merchantId } = await createApiKey(db, 'Ada Games', 'test'));
  await db.pool.query(`
    CREATE FUNCTION hinder() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      EXECUTE TG_ARGV[0];
      RETURN NULL;
    END $$`);
});

afterAll(async () => {
  await db.close();
  await drop();
});

const csv = 'Order ID,Email,Name,Product,Total\n1,ada@example.com,Ada,Lamp,$5\n';
const receive = (campaign: string) => receiveCsv(db, { merchantId, campaign, csv, chunkRows: 10 });
const statusOf = async (id: string) => (await readUpload(db, merchantId, id))?.status;

/** Runs this SQL whenever the units of a campaign are counted again. */
const hinderRecount = (sql: string) =>
  db.pool.query(
    `CREATE TRIGGER hindrance AFTER INSERT ON inventory FOR EACH STATEMENT EXECUTE FUNCTION hinder('${sql}')`,
  );
const stopHindering = () => db.pool.query('DROP TRIGGER hindrance ON inventory');

const options = { pendingAfterMs: 60_000, silentAfterMs: 60_000, limit: 10 };

describe('A settlement', () => {
  it('may take longer than a statement of a chunk', async () => {
    const upload = await receive('Slow');
    await hinderRecount(`SELECT pg_sleep(${(STATEMENT_TIMEOUT_MS * 1.5) / 1_000})`);
    try {
      expect(await processChunk(db, upload.chunkIds[0])).toMatchObject({ status: 'COMPLETED' });
    } finally {
      await stopHindering();
    }
    expect(await statusOf(upload.id)).toBe('COMPLETED');
    const { rows } = await db.pool.query('SHOW statement_timeout');
    expect(rows).toEqual([{ statement_timeout: '1s' }]);
  });

  it('that fails takes no chunk back, cannot be canceled, and is repeated by the sweep', async () => {
    const upload = await receive('Stuck');
    await hinderRecount('SELECT 1 / 0');
    try {
      await expect(processChunk(db, upload.chunkIds[0])).rejects.toThrow(SettleError);
      expect(await readUpload(db, merchantId, upload.id)).toMatchObject({
        status: 'PROCESSING',
        rows: { imported: 1 },
        chunks: { completed: 1 },
      });
      await expect(cancelUpload(db, upload.id)).rejects.toMatchObject({ code: 'illegal_move' });
      expect((await sweep(db, options)).failures).toMatchObject([{ error: { name: 'SettleError' } }]);
    } finally {
      await stopHindering();
    }
    expect((await sweep(db, options)).settlements).toMatchObject([
      { uploadId: upload.id, status: 'COMPLETED' },
    ]);
    expect(await statusOf(upload.id)).toBe('COMPLETED');
  });
});
