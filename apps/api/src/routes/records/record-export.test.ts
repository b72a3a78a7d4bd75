import { randomUUID } from 'node:crypto';
import { createCsvReader } from '@pledgeline/csv-core';
import { processUpload } from '@pledgeline/db/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { readAccepted, readProblem } from '../../test-support/answers.js';
import { beginRequest } from '../../test-support/raw-request.js';
import { startApi, type TestApi } from '../../test-support/start-api.js';

const PLEDGES = 700;
const csv = [
  'Order ID,Name,Email,Amount,Currency,Product,Quantity,Colour',
  ...Array.from(
    { length: PLEDGES },
    (_, at) => `A${at},=Ada ${at},ada${at}@example.com,25.50,USD,Lamp,2,"red, ""and"" green"`,
  ),
  '',
].join('\n');

let api: TestApi;
beforeAll(async () => {
  api = await startApi(inject('testPostgres'), { config: { TURN_TIMEOUT_MS: 300 } });
  const { id } = await readAccepted(await api.upload(csv));
  await processUpload(api.database, id);
});
afterAll(() => api.close());

const listSchema = z.record(z.string(), z.unknown());
const recordsSchema = z.array(z.record(z.string(), z.unknown()));

/** All entries of a list, read page by page. */
async function readPages(noun: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const all: Record<string, unknown>[] = [];
  for (let cursor: unknown = undefined; cursor !== null; ) {
    const from = cursor === undefined ? '' : `&cursor=${cursor}`;
    const answer = await api.send(`/v1/${noun}?campaign=Lamp&limit=1000${from}`);
    const page = listSchema.parse(await answer.json());
    all.push(...recordsSchema.parse(page[noun]));
    cursor = page['next'];
  }
  return all;
}

async function readLines(path: string, init?: RequestInit): Promise<readonly unknown[]> {
  const text = await (await api.send(path, init)).text();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

async function readCsv(path: string, init?: RequestInit): Promise<readonly (readonly string[])[]> {
  const response = await api.send(path, init);
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const rows: (readonly string[])[] = [];
  const reader = createCsvReader({
    onHeader: (header) => {
      rows.push(header);
    },
    onChunk: (chunk) => rows.push(...chunk.rows),
  });
  reader.push(Buffer.from(await response.arrayBuffer()));
  reader.end();
  return rows;
}

describe('An export of records', () => {
  it.each(['backers', 'pledges', 'products', 'inventory', 'surveys'])(
    'has the %s that the pages of the list have, as NDJSON',
    async (noun) => {
      const pages = await readPages(noun);
      expect(await readLines(`/v1/${noun}?campaign=Lamp&format=ndjson`)).toEqual(pages);
      if (noun === 'pledges') expect(pages).toHaveLength(PLEDGES);
    },
  );

  it('has them as CSV, with a column for each member, and guards formulas', async () => {
    const [header = [], ...rows] = await readCsv('/v1/backers?campaign=Lamp&format=csv');
    expect(header).toEqual([
      'id',
      'identity',
      'email',
      'name',
      'billingState',
      'billingCountry',
      'billingCountryRaw',
      'createdAt',
      'updatedAt',
    ]);
    const expected = (await readPages('backers')).map((backer) =>
      header.map((name) => (name === 'name' ? `'${backer[name]}` : String(backer[name] ?? ''))),
    );
    expect(rows).toEqual(expected);
  });

  it('writes members of members as columns, and lists as JSON', async () => {
    const [inventory = []] = await readCsv('/v1/inventory?campaign=Lamp&format=csv');
    expect(inventory).toEqual([
      'productId',
      'onHand',
      'committed',
      'unpaid',
      'updatedAt',
      'product.kind',
      'product.key',
      'product.name',
      'product.sku',
      'available',
      'short',
    ]);
    const [header = [], row = []] = await readCsv('/v1/pledges?campaign=Lamp&format=csv&limit=1');
    expect(JSON.parse(row[header.indexOf('items')] ?? '')).toMatchObject([
      { quantity: 2, product: { name: 'Lamp' } },
    ]);
    expect(JSON.parse(row[header.indexOf('extra')] ?? '')).toEqual({ Colour: 'red, "and" green' });
    expect(row[header.indexOf('amount')]).toBe('25.50');
  });

  it('begins at a cursor and ends at a limit, as a page does', async () => {
    const pledges = await readPages('pledges');
    const { next } = listSchema.parse(await (await api.send('/v1/pledges?campaign=Lamp&limit=3')).json());
    const path = `/v1/pledges?campaign=Lamp&cursor=${next}&limit=5&format=ndjson`;
    expect(await readLines(path)).toEqual(pledges.slice(3, 8));
  });

  it('takes the filters and the sort of its list', async () => {
    const found = recordsSchema.parse(
      await readLines('/v1/pledges?campaign=Lamp&q=ada+12&sort=id&format=ndjson'),
    );
    // Ada 12, and Ada 120 to 129.
    expect(found).toHaveLength(11);
    const ids = found.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted());
    const [, ...rows] = await readCsv('/v1/backers?campaign=Lamp&email=ADA7@example.com&format=csv');
    expect(rows).toEqual([expect.arrayContaining(['ada7@example.com', "'=Ada 7"])]);
  });

  it.each([
    ['expand=backer', 'expand'],
    ['total=true', 'total'],
  ])('is refused with %s, which goes with pages', async (parameter, name) => {
    const response = await api.send(`/v1/pledges?campaign=Lamp&format=ndjson&${parameter}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'invalid_request', parameters: [{ name }] });
  });

  it('can be asked for by Accept, and a parameter overrides it', async () => {
    const products = await readPages('products');
    const accept = (value: string) => ({ headers: { accept: value } });
    const path = '/v1/products?campaign=Lamp';
    expect(await readLines(path, accept('text/csv;q=0.5, application/x-ndjson'))).toEqual(products);
    expect(await readCsv(path, accept('text/csv'))).toHaveLength(2);
    expect(await readCsv(`${path}&format=csv`, accept('application/json'))).toHaveLength(2);
    for (const value of ['*/*', 'text/html,application/xhtml+xml,*/*;q=0.8', 'text/csv;q=0']) {
      expect(await (await api.send(path, accept(value))).json()).toEqual({
        products,
        next: null,
        previous: null,
      });
    }
  });

  it('is saved by a browser under the name of the list', async () => {
    const response = await api.send('/v1/surveys?campaign=Lamp&format=csv');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="surveys.csv"');
    expect(await response.text()).toBe('"pledgeId","answeredAt","answers","createdAt","updatedAt"\r\n');
  });
});

describe('A merchant with two exports under way that they do not take', () => {
  it('is refused a third one, while others have theirs, until one of the two ends', async () => {
    const { id } = await api.database.prisma.campaign.create({
      data: { id: randomUUID(), merchantId: api.merchantId, name: 'Large' },
    });
    // More than the sockets hold.
    await api.database.pool.query(
      `INSERT INTO backer (id, campaign_id, identity, name, upload_sequence, row_number, base_sequence)
       SELECT gen_random_uuid(), $1, 'generic:' || n, repeat('x', 2000), 1, n, 1 FROM generate_series(1, 10000) n`,
      [id],
    );
    await api.send('/v1/uploads?campaign=Bob', { method: 'POST', body: csv }, api.otherKey);
    const begun = await Promise.all(
      [1, 2].map(() =>
        beginRequest(api.port, 'GET /v1/backers?campaign=Large&format=ndjson', [
          `Authorization: Bearer ${api.key}`,
        ]),
      ),
    );
    for (const { socket } of begun) socket.pause();
    const third = () => api.send('/v1/products?campaign=Lamp&format=csv');
    await expect.poll(async () => (await third()).status, { timeout: 10_000 }).toBe(429);
    const refused = await third();
    expect(refused.headers.get('retry-after')).toBe('5');
    expect((await readProblem(refused)).code).toBe('too_many_requests');
    expect((await api.send('/v1/products?campaign=Lamp')).status).toBe(200);
    const other = await api.send('/v1/products?campaign=Bob&format=csv', {}, api.otherKey);
    expect(other.status).toBe(200);
    begun[0]?.socket.destroy();
    await expect.poll(async () => (await third()).status, { timeout: 10_000 }).toBe(200);
    begun[1]?.socket.destroy();
  });
});
