import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Database } from '../client.js';
import { dumpCampaign } from '../test-support/dump-campaign.js';
import { openTestDatabase } from '../test-support/open-test-database.js';
import { claimChunkForSure, finishChunk } from '../test-support/process-upload.js';
import { receiveCsv } from '../test-support/receive-csv.js';
import { releaseChunk } from './chunks/release-chunk.js';
import { listIssues } from './reports/list-issues.js';
import { readUpload } from './reports/read-upload.js';
import type { Settlement } from './settle/settle-upload.js';
import { retryUpload } from './uploads/retry-upload.js';

let db: Database;
let close: () => Promise<void>;
let merchantId: string;
let campaigns = 0;

beforeAll(async () => {
  ({ db, merchantId, close } = await openTestDatabase(inject('testPostgres'), 10));
});

afterAll(() => close());

const header = 'Order ID,Email,Total,Currency,SKU,Notes';
const order = (n: number, notes = '') => `${n},b${n}@example.com,${n}.50,EUR,DICE,${notes}`;
const orders = (count: number, notes: (n: number) => string = () => '') =>
  [header, ...Array.from({ length: count }, (_, index) => order(index + 1, notes(index + 1))), ''].join('\n');

const receive = (csv: string, chunkRows: number) =>
  receiveCsv(db, { merchantId, campaign: `campaign ${++campaigns}`, csv, chunkRows });

async function claimAndComplete(id: string): Promise<Settlement | null> {
  const chunk = await claimChunkForSure(db, id);
  try {
    return await finishChunk(db, chunk);
  } catch (error) {
    await releaseChunk(db, chunk, { reason: String(error), maxAttempts: 1 });
    throw error;
  }
}

async function report(id: string) {
  const found = await readUpload(db, merchantId, id);
  if (!found) throw new Error(`No upload ${id}`);
  return found;
}

describe('a row that our validation accepts and Postgres refuses', () => {
  beforeAll(() => db.pool.query(`ALTER TABLE pledge ADD CONSTRAINT no_boom CHECK (notes <> 'boom')`));
  afterAll(() => db.pool.query('ALTER TABLE pledge DROP CONSTRAINT no_boom'));

  it('is rejected with its line and the reason, and the rest of its chunk is imported', async () => {
    const refused = new Set([3, 8, 9]);
    const upload = await receive(
      orders(20, (n) => (refused.has(n) ? 'boom' : '')),
      100,
    );
    await claimAndComplete(upload.chunkIds[0] ?? '');
    expect(await report(upload.id)).toMatchObject({
      status: 'COMPLETED',
      rows: { total: 20, imported: 17, rejected: 3, leftOut: 0, open: 0 },
      statistics: { records: { pledges: { created: 17 }, backers: { created: 17 } } },
    });
    const { issues } = await listIssues(db, upload.id, { limit: 10 });
    expect(issues).toMatchObject(
      [3, 8, 9].map((row) => ({ row, line: row + 1, code: 'refused_by_database', severity: 'error' })),
    );
    expect(issues[0]?.message).toBe(
      'The database refused this row: a value is not allowed in its field. Correct the value, or tell us if it looks right.',
    );
    const { pledges, backers } = await dumpCampaign(db.pool, upload.campaignId);
    expect([pledges.length, backers.length]).toEqual([17, 17]);
  });

  it('does not change which row names a product: the first one of the file', async () => {
    const campaign = `campaign ${++campaigns}`;
    const named = (n: number, product: string, notes = '') =>
      `${n},b${n}@example.com,1.00,EUR,MUG,${product},${notes}`;
    const file = (...lines: readonly string[]) =>
      ['Order ID,Email,Total,Currency,SKU,Product Name,Notes', ...lines, ''].join('\n');
    const importFile = async (csv: string) => {
      const upload = await receiveCsv(db, { merchantId, campaign, csv, chunkRows: 100 });
      for (const id of upload.chunkIds) await claimAndComplete(id);
      return upload;
    };
    await importFile(file(named(1, 'Mug')));
    const { campaignId } = await importFile(
      file(named(2, 'Mug'), named(3, 'Mug', 'boom'), named(4, 'Old mug'), named(5, 'Old mug')),
    );
    const { products } = await dumpCampaign(db.pool, campaignId);
    expect(products).toMatchObject([{ key: 'MUG', name: 'Mug' }]);
  });

  it('counts as a fault of ours when there are very many: only that chunk fails, and a retry processes it again', async () => {
    const upload = await receive(
      orders(240, (n) => (n > 120 ? 'boom' : '')),
      120,
    );
    await claimAndComplete(upload.chunkIds[0] ?? '');
    await expect(claimAndComplete(upload.chunkIds[1] ?? '')).rejects.toThrow('no_boom');
    expect(await report(upload.id)).toMatchObject({
      status: 'FAILED',
      rows: { imported: 120, rejected: 0 },
      chunks: { completed: 1, failed: 1 },
    });
    await db.pool.query(`ALTER TABLE pledge DROP CONSTRAINT no_boom`);
    expect(await retryUpload(db, upload.id)).toEqual([upload.chunkIds[1]]);
    await claimAndComplete(upload.chunkIds[1] ?? '');
    await db.pool.query(`ALTER TABLE pledge ADD CONSTRAINT no_boom CHECK (notes <> 'boom') NOT VALID`);
    expect(await report(upload.id)).toMatchObject({ status: 'COMPLETED', rows: { imported: 240 } });
  });
});

describe('the account of an upload', () => {
  afterEach(() => db.pool.query('DROP FUNCTION IF EXISTS spoil CASCADE'));

  it('closes when newer files and later rows have overwritten its values', async () => {
    const campaign = `campaign ${++campaigns}`;
    const twice = [header, order(1), '1,b1@example.com,99,EUR,DICE,', order(2), ''].join('\n');
    const older = await receiveCsv(db, { merchantId, campaign, csv: twice, chunkRows: 1 });
    const newer = await receiveCsv(db, {
      merchantId,
      campaign,
      csv: [header, '1,b1@example.com,7,USD,DICE,', ''].join('\n'),
      chunkRows: 1,
    });
    for (const id of [...newer.chunkIds, ...older.chunkIds.toReversed()]) await claimAndComplete(id);
    expect(await report(older.id)).toMatchObject({ status: 'COMPLETED', failure: null });
    expect(await report(newer.id)).toMatchObject({ status: 'COMPLETED', failure: null });
  });

  it('does not close when other amounts are stored than the file has: the upload fails, with the difference', async () => {
    await db.pool.query(
      `CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN IF NEW.external_id = '2' THEN NEW.amount := 0; END IF; RETURN NEW; END $$`,
    );
    await db.pool.query('CREATE TRIGGER spoil BEFORE INSERT ON pledge FOR EACH ROW EXECUTE FUNCTION spoil()');
    const upload = await receive(orders(3), 10);
    const settlement = await claimAndComplete(upload.chunkIds[0] ?? '');
    const differences = [{ what: 'EUR', inFile: '7.5000', stored: '5.0000' }];
    expect(settlement).toEqual({ uploadId: upload.id, status: 'FAILED', differences });
    expect(await report(upload.id)).toMatchObject({
      status: 'FAILED',
      failure: {
        code: 'accounting_mismatch',
        message:
          'The account does not close (EUR: 7.5000 in the file, 5.0000 stored). This is a fault of ours; the file is kept.',
      },
    });
  });

  it('does not close when a pledge is missing', async () => {
    await db.pool.query(
      `CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN DELETE FROM pledge WHERE external_id = '3' AND campaign_id = NEW.campaign_id; RETURN NULL; END $$`,
    );
    await db.pool.query('CREATE TRIGGER spoil AFTER INSERT ON backer FOR EACH ROW EXECUTE FUNCTION spoil()');
    const upload = await receive(orders(3), 10);
    const settlement = await claimAndComplete(upload.chunkIds[0] ?? '');
    expect(settlement?.differences).toEqual([{ what: 'EUR', inFile: '7.5000', stored: '4.0000' }]);
  });
});
