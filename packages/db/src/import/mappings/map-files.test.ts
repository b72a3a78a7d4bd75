import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { createDatabase, type Database } from '../../client.js';
import { createApiKey } from '../../keys/api-keys.js';
import { receiveCsv } from '../../test-support/receive-csv.js';
import { cloneDatabase } from '../../test-support/template-database.js';
import { claimChunk } from '../chunks/claim-chunk.js';
import { mapFiles } from './map-files.js';

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

it('a mapping joins the rows of an order that lies in two chunks, also where cells hold U+0000', async () => {
  const { merchantId } = await createApiKey(db, 'Ada Games', 'test');
  const csv = 'Alpha,Beta\n1,\0\n2,mug\n2,hat\n3,pen\n';
  const upload = await receiveCsv(db, { merchantId, campaign: 'Lamp', csv, chunkRows: 2 });
  expect(upload.chunkIds).toEqual([]);
  const orders = { orderColumn: 0, blankContinues: false };
  const mapping = { fileIndex: 0, platform: 'generic', columns: null, orders, decimalMark: null };
  const chunkIds = await mapFiles(db, upload.id, [mapping]);
  const chunks = [];
  for (const id of chunkIds) chunks.push(await claimChunk(db, id, { leaseMs: 60_000 }));
  expect(chunks).toMatchObject([
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
