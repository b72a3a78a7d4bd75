import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test-support/open-test-database.js';
import { createUpload } from '../uploads/create-upload.js';
import { createRowPacker } from '../uploads/pack-rows.js';
import { storeChunk } from '../uploads/store-chunk.js';
import { readSample } from './read-sample.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase(inject('testPostgres'), 2);
});
afterAll(() => database.close());

/** Stores a file of one chunk and reads its first rows. */
async function sampleOf(headers: readonly string[], rows: readonly (readonly string[])[]) {
  const { db, merchantId } = database;
  const { id } = await createUpload(db, { merchantId, campaign: 'Lamp' });
  const packer = createRowPacker();
  for (const row of rows) packer.add(row);
  const lines = rows.map((_row, index) => index + 2);
  await storeChunk(db, id, { index: 0, fileIndex: 0, firstRow: 1, lines, data: packer.take() });
  await db.pool.query('INSERT INTO csv_upload_file (upload_id, index, headers) VALUES ($1, 0, $2)', [
    id,
    JSON.stringify(headers),
  ]);
  return readSample(db, id, 0, 2);
}

it('A sample is the header and the first rows as they are in the file', async () => {
  const headers = ['Name "quoted"', String.raw`back\slash`];
  const rows = [
    ['Zoë 🎲', String.raw`\u0000 \\u0000 \ud83d \\`],
    ['two\nlines', '\ue000'],
    ['third', ''],
  ];
  expect(await sampleOf(headers, rows)).toEqual({ headers, rows: rows.slice(0, 2) });
});

it('Characters that Postgres cannot process are replaced, and nothing else is', async () => {
  const rows = [
    ['\0\0A\0', String.raw`\u0000 \\u0000 \ud83d \\`],
    ['\ud83d and \udfff', '\\\0 🎲'],
  ];
  expect(await sampleOf(['N\0', '\ud800'], rows)).toEqual({
    headers: ['N\u2400', '\ufffd'],
    rows: [
      ['\u2400\u2400A\u2400', String.raw`\u0000 \\u0000 \ud83d \\`],
      ['\ufffd and \ufffd', '\\\u2400 🎲'],
    ],
  });
});
