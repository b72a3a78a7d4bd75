import { createCsvReader } from '@pledgeline/csv-core';
import { processUpload } from '@pledgeline/db/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { readAccepted } from '../../test-support/answers.js';
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
  api = await startApi(inject('testPostgres'));
  const { id } = await readAccepted(await api.upload(csv));
  await processUpload(api.database, id);
});
afterAll(() => api.close());

const listSchema = z.record(z.string(), z.unknown());
const recordsSchema = z.array(z.record(z.string(), z.unknown()));

/** All entries of a list, read page by page. */
async function readPages(noun: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const all: Record<string, unknown>[] = [];
  for (let after: unknown = undefined; after !== null; ) {
    const from = after === undefined ? '' : `&after=${after}`;
    const answer = await api.send(`/v1/${noun}?campaign=Lamp&limit=1000${from}`);
    const page = listSchema.parse(await answer.json());
    all.push(...recordsSchema.parse(page[noun]));
    after = page['next'];
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
      'updatedAt',
      'product.kind',
      'product.key',
      'product.name',
      'product.sku',
    ]);
    const [header = [], row = []] = await readCsv('/v1/pledges?campaign=Lamp&format=csv&limit=1');
    expect(JSON.parse(row[header.indexOf('items')] ?? '')).toMatchObject([
      { quantity: 2, product: { name: 'Lamp' } },
    ]);
    expect(JSON.parse(row[header.indexOf('extra')] ?? '')).toEqual({ Colour: 'red, "and" green' });
    expect(row[header.indexOf('amount')]).toBe('25.50');
  });

  it('begins after a record and ends at a limit, as a page does', async () => {
    const pledges = await readPages('pledges');
    const path = `/v1/pledges?campaign=Lamp&after=${pledges[2]?.['id']}&limit=5&format=ndjson`;
    expect(await readLines(path)).toEqual(pledges.slice(3, 8));
  });

  it('can be asked for by Accept, and a parameter overrides it', async () => {
    const products = await readPages('products');
    const accept = (value: string) => ({ headers: { accept: value } });
    const path = '/v1/products?campaign=Lamp';
    expect(await readLines(path, accept('text/csv;q=0.5, application/x-ndjson'))).toEqual(products);
    expect(await readCsv(path, accept('text/csv'))).toHaveLength(2);
    expect(await readCsv(`${path}&format=csv`, accept('application/json'))).toHaveLength(2);
    for (const value of ['*/*', 'text/html,application/xhtml+xml,*/*;q=0.8', 'text/csv;q=0']) {
      expect(await (await api.send(path, accept(value))).json()).toEqual({ products, next: null });
    }
  });

  it('is saved by a browser under the name of the list', async () => {
    const response = await api.send('/v1/surveys?campaign=Lamp&format=csv');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="surveys.csv"');
    expect(await response.text()).toBe('"pledgeId","answeredAt","answers","createdAt","updatedAt"\r\n');
  });
});
