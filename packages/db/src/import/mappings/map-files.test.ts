import { MAX_ORDER_ROWS } from '@pledgeline/csv-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { createDatabase, type Database } from '../../client.js';
import { createApiKey } from '../../keys/api-keys.js';
import { receiveCsv } from '../../test-support/receive-csv.js';
import { cloneDatabase } from '../../test-support/template-database.js';
import { claimChunk } from '../chunks/claim-chunk.js';
import { verifyUpload } from '../verify/verify-upload.js';
import { mapFiles } from './map-files.js';
import { readSample } from './read-sample.js';

let db: Database;
let drop: () => Promise<void>;

beforeAll(async () => {
  const clone = await cloneDatabase(inject('testPostgres'));
  db = createDatabase({ connectionString: clone.url, maxConnections: 2 });
  drop = clone.drop;
});

afterAll(async () => {
  await db.close();
  await drop();
});

/** Sends a file of unknown columns in small chunks and says that the first column names the order. */
async function mapFirstColumn(csv: string, blankContinues: boolean, chunkRows = 2) {
  const { merchantId } = await createApiKey(db, 'Ada Games', 'test');
  const upload = await receiveCsv(db, { merchantId, campaign: 'Lamp', csv, chunkRows });
  expect(upload.chunkIds).toEqual([]);
  const orders = { orderColumn: 0, blankContinues };
  const mapping = {
    fileIndex: 0,
    platform: 'generic',
    columns: null,
    orders,
    decimalMark: null,
    assumptions: [],
  };
  const chunkIds = await mapFiles(db, upload.id, [mapping]);
  const chunks = [];
  for (const id of chunkIds) chunks.push(await claimChunk(db, id, { leaseMs: 60_000 }));
  const checks = await verifyUpload(db, upload.id);
  expect(checks?.filter(({ holds }) => !holds)).toEqual([]);
  return chunks;
}

it('joins the rows of an order that two chunks hold, also where cells hold what Postgres cannot read', async () => {
  expect(await mapFirstColumn('Alpha,Beta\n1,\0\n2,mug\n2,hat\n3,pen\n', false)).toMatchObject([
    {
      firstRow: 1,
      lines: [2, 3, 4],
      rows: [
        ['1', '\0'],
        ['2', 'mug'],
        ['2', 'hat'],
      ],
    },
    { firstRow: 4, lines: [5], rows: [['3', 'pen']] },
  ]);
});

it('shows a sample of a file whose cells hold what Postgres cannot read', async () => {
  const { merchantId } = await createApiKey(db, 'Ada Games', 'test');
  const csv = 'Alpha,Beta\n1,\0\n2,mug\n3,hat\n';
  const { id } = await receiveCsv(db, { merchantId, campaign: 'Lamp', csv, chunkRows: 3 });
  expect(await readSample(db, id, 0, 2)).toEqual({
    headers: ['Alpha', 'Beta'],
    rows: [
      ['1', '\u2400'],
      ['2', 'mug'],
    ],
  });
  expect(await readSample(db, id, 1, 2)).toBeNull();
});

it('knows the order of a chunk that ends with a blank number', async () => {
  const chunks = await mapFirstColumn('Alpha,Beta\n1,mug\n,hat\n1,pen\n2,mug\n', true);
  expect(chunks.map((chunk) => chunk?.lines)).toEqual([[2, 3, 4], [5]]);
});

it('takes two ways to write a number for one order, as the record does', async () => {
  const chunks = await mapFirstColumn('Alpha,Beta\n1,mug\n002,hat\n="002",pen\n3,mug\n', false);
  expect(chunks.map((chunk) => chunk?.lines)).toEqual([[2, 3, 4], [5]]);
});

it('removes the chunks whose rows all go on with an order', async () => {
  const chunks = await mapFirstColumn('Alpha,Beta\n1,a\n2,b\n2,c\n2,d\n2,e\n3,f\n', false);
  expect(chunks.map((chunk) => chunk?.lines)).toEqual([[2, 3, 4, 5, 6], [7]]);
  const last = await mapFirstColumn('Alpha,Beta\n1,a\n2,b\n2,c\n', false);
  expect(last.map((chunk) => chunk?.lines)).toEqual([[2, 3, 4]]);
});

it('refuses an order of more rows than are read as one, and names where it starts', async () => {
  const rows = Array.from({ length: MAX_ORDER_ROWS + 1 }, (_, index) => `2,${index}\n`);
  await expect(mapFirstColumn(`Alpha,Beta\n1,a\n${rows.join('')}`, false, 1_000)).rejects.toMatchObject({
    code: 'order_too_long',
    message: expect.stringContaining('starts on line 3'),
  });
});
