import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { readAccepted } from '../test-support/answers.js';
import { startApi, type TestApi } from '../test-support/start-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi(inject('testPostgres'), { config: { MAX_RECORDS_LENGTH: 3_600 } });
});
afterAll(() => api.close());

it('cuts a file into chunks whose records take what the configuration allows', async () => {
  const headers = ['Backer Number', 'Backer UID', 'Backer Name', 'Email', 'Pledge Amount', 'Pledged Status'];
  const rows = [1, 2, 3, 4].map((n) => `${n},10${n},Ada,ada${n}@example.com,$5.00,collected,yes\n`);
  const csv = `${[...headers, 'x'.repeat(900)].join(',')}\n${rows.join('')}`;
  const { id } = await readAccepted(await api.upload(csv));
  const { rows: chunks } = await api.database.pool.query(
    'SELECT first_row, row_count FROM csv_upload_chunk WHERE upload_id = $1 ORDER BY index',
    [id],
  );
  expect(chunks).toEqual([
    { first_row: 1, row_count: 2 },
    { first_row: 3, row_count: 2 },
  ]);
});
