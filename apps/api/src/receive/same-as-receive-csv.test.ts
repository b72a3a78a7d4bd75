import { receiveCsv } from '@pledgeline/db/testing';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { readAccepted } from '../test-support/answers.js';
import { kickstarterCsv, startApi, type TestApi } from '../test-support/start-api.js';

const CHUNK_ROWS = 2;

let api: TestApi;
beforeAll(async () => {
  api = await startApi(inject('testPostgres'), { config: { CHUNK_ROWS } });
});
afterAll(() => api.close());

/** Names and times, which no two uploads share. */
const ownColumns = [
  'id',
  'upload_id',
  'campaign_id',
  'sequence',
  'created_at',
  'updated_at',
  'received_at',
  'sealed_at',
];

/** Every other column of an upload, its files and its chunks. */
async function stored(uploadId: string) {
  const read = async (sql: string) => {
    const { rows } = await api.database.pool.query<Record<string, unknown>>(sql, [uploadId]);
    return rows.map((row) => Object.entries(row).filter(([column]) => !ownColumns.includes(column)));
  };
  return {
    upload: await read('SELECT * FROM csv_upload WHERE id = $1'),
    files: await read('SELECT * FROM csv_upload_file WHERE upload_id = $1 ORDER BY index'),
    chunks: await read('SELECT * FROM csv_upload_chunk WHERE upload_id = $1 ORDER BY index'),
  };
}

it.each([
  ['from a known platform, with a column that is never stored', kickstarterCsv],
  [
    'with lines in cells, dates, foreign decimals and U+0000',
    'Order ID;Email;Total;Ordered At;Notes\n1;ada@example.com;1.234,50;03/04/2024;"two\nlines"\n2;bo@example.com;5,50;27/04/2024;\0\n\n3;cy@example.com;7;01/02/2024;é\n',
  ],
  [
    'with orders of several rows',
    'Order ID,Email,SKU,Quantity\n1,ada@example.com,A,1\n1,ada@example.com,B,1\n1,ada@example.com,C,1\n2,bo@example.com,A,1\n',
  ],
  ['whose columns nobody knows', 'first,second\n1,2\n3,4\n5,6\n'],
])('a file %s is stored by the test support as the API stores it', async (_, csv) => {
  const accepted = await readAccepted(await api.upload(csv, 'campaign=Sent&filename=test.csv'));
  const { merchantId } = api;
  const received = await receiveCsv(api.database, {
    merchantId,
    campaign: 'Received',
    csv,
    chunkRows: CHUNK_ROWS,
  });
  const expected = await stored(accepted.id);
  expect(expected.chunks.length).toBeGreaterThan(0);
  expect(await stored(received.id)).toEqual(expected);
});
