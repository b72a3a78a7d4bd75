import { processUpload } from '@pledgeline/db/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readAccepted, readProblem } from '../../test-support/answers.js';
import { startApi, type TestApi } from '../../test-support/start-api.js';

let api: TestApi;
let campaignId: string;

const head = 'Order ID,Email,Name,Total,Currency,Product,Quantity';
const line = (number: string) => `${number},p${number}@example.com,P${number},10.00,USD,Lamp,1`;
const csvOf = (...numbers: readonly string[]) => [head, ...numbers.map(line), ''].join('\n');
const get = async (path: string) => (await api.send(path)).json();

async function importFile(csv: string, query: string) {
  const accepted = await readAccepted(await api.upload(csv, `campaign=Whole&${query}`));
  await processUpload(api.database, accepted.id);
  return accepted;
}

beforeAll(async () => {
  api = await startApi(inject('testPostgres'));
  ({ campaignId } = await importFile(csvOf('1', '2', '3'), 'force='));
});
afterAll(() => api.close());

describe('A file that is sent with complete=true', () => {
  it('makes pledges GONE that it does not name, in every answer', async () => {
    const { id } = await importFile(csvOf('1'), 'complete=true');
    expect(await get(`/v1/uploads/${id}`)).toMatchObject({
      complete: true,
      warnings: [],
      statistics: {
        upload: { gone: { marked: 2, back: 0, notMarked: null } },
        campaign: {
          totals: [
            { status: 'COLLECTED', pledges: 1, amount: '10.00' },
            { status: 'GONE', pledges: 2, amount: '20.00' },
          ],
          units: [{ name: 'Lamp', units: 1 }],
        },
      },
    });
    expect(await get(`/v1/notifications?upload=${id}`)).toMatchObject({
      notifications: [
        {
          gone: { marked: 2, back: 0 },
          message: expect.stringContaining('2 pledges of the campaign are GONE now'),
        },
      ],
    });
    expect(await get('/v1/pledges?campaign=Whole&status=GONE&total=true&expand=backer')).toMatchObject({
      total: 2,
      pledges: [
        { status: 'GONE', backer: {} },
        { status: 'GONE', backer: {} },
      ],
    });
    expect(await get('/v1/pledges?campaign=Whole&status=COLLECTED')).toMatchObject({
      pledges: [{ externalId: '1', status: 'COLLECTED' }],
    });
    expect(await get('/v1/backers?campaign=Whole&q=P3&expand=pledges')).toMatchObject({
      backers: [{ pledges: [{ externalId: '3', status: 'GONE' }] }],
    });
    expect(await get('/v1/inventory?campaign=Whole')).toMatchObject({ inventory: [{ committed: 1 }] });
    expect(await get(`/v1/campaigns/${campaignId}/summary`)).toMatchObject({
      pledged: [
        { status: 'COLLECTED', pledges: 1 },
        { status: 'GONE', pledges: 2 },
      ],
      units: [{ committed: 1 }],
    });
    const exported = await (await api.send('/v1/pledges?campaign=Whole&status=GONE&format=csv')).text();
    expect(exported.match(/GONE/g)).toHaveLength(2);
  });

  it('is another one than the same file without it, for duplicates and for Idempotency-Key', async () => {
    const csv = csvOf('1', '2');
    const key = { headers: { 'idempotency-key': 'whole' } };
    const query = 'campaign=Again&force=';
    const plain = await readAccepted(await api.upload(csv, query, key));
    const refused = await api.upload(csv, `${query}&complete=true`, key);
    expect(await readProblem(refused)).toMatchObject({ code: 'idempotency_key_reused' });
    const complete = await readAccepted(await api.upload(csv, `${query}&complete=true`));
    expect(complete.id).not.toBe(plain.id);
    expect(await (await api.upload(csv, `${query}&complete=true`)).json()).toMatchObject({
      duplicateOf: complete.id,
    });
    expect(await (await api.upload(csv, `${query}&complete=false`)).json()).toMatchObject({
      duplicateOf: plain.id,
    });
  });

  it('may say so in its form, and is refused when it says anything else', async () => {
    const form = new FormData();
    form.set('campaign', 'Form');
    form.set('complete', 'true');
    form.set('file', new Blob([csvOf('1')]), 'whole.csv');
    const sent = await readAccepted(await api.send('/v1/uploads', { method: 'POST', body: form }));
    expect(await get(`/v1/uploads/${sent.id}`)).toMatchObject({ complete: true });
    const refused = await api.upload(csvOf('1'), 'campaign=Form&complete=yes');
    expect(await readProblem(refused)).toMatchObject({ status: 400, code: 'invalid_request' });
  });
});
