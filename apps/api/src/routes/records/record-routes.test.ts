import { claimChunk, releaseChunk } from '@pledgeline/db';
import { processUpload } from '@pledgeline/db/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { readAccepted, readProblem } from '../../test-support/answers.js';
import { startApi, type TestApi } from '../../test-support/start-api.js';

const csv = [
  'Order ID,Name,Email,Amount,Currency,Product,Quantity,Shipping Country,Address 1',
  'A1,Grace,grace@example.com,25.50,USD,Lamp,2,US,1 Main Street',
  'A2,Alan,alan@example.com,30,USD,Lamp,1,GB,2 High Street',
  'A3,Edsger,not an address,30,USD,Lamp,1,NL,3 Laan',
  '',
].join('\n');

let api: TestApi;
let uploadId: string;
let campaignId: string;
beforeAll(async () => {
  api = await startApi(inject('testPostgres'));
  const accepted = await readAccepted(await api.upload(csv));
  ({ id: uploadId, campaignId } = accepted);
  await processUpload(api.database, uploadId);
});
afterAll(() => api.close());

const get = async (path: string) => (await api.send(path)).json();

describe('The imported records', () => {
  it('are listed by campaign name or id, a page at a time', async () => {
    const first = await get('/v1/backers?campaign=Lamp&limit=1');
    expect(first).toMatchObject({ backers: [{ email: expect.any(String) }], next: expect.any(String) });
    const after = (await api.database.prisma.backer.findFirstOrThrow({ orderBy: { id: 'asc' } })).id;
    expect(first).toMatchObject({ next: after });
    const second = await get(`/v1/backers?campaign=${campaignId}&limit=1&after=${after}`);
    expect(second).toMatchObject({ backers: [{ email: expect.any(String) }], next: null });
  });

  it('show a pledge without a status with the status that it counts as, and amounts as text', async () => {
    expect(await get('/v1/pledges?campaign=Lamp')).toMatchObject({
      pledges: expect.arrayContaining([
        expect.objectContaining({ externalId: 'A1', status: 'COLLECTED', amount: '25.50', currency: 'USD' }),
      ]),
    });
  });

  it('show a blank text as null', async () => {
    await api.database.prisma.pledge.updateMany({ data: { shippingAddress1: '' } });
    expect(await get('/v1/pledges?campaign=Lamp')).toMatchObject({
      pledges: [{ shippingAddress1: null }, { shippingAddress1: null }],
    });
  });

  it('include products, surveys and inventory', async () => {
    expect(await get('/v1/products?campaign=Lamp')).toMatchObject({
      products: [{ name: 'Lamp' }],
      next: null,
    });
    expect(await get('/v1/surveys?campaign=Lamp')).toEqual({ surveys: [], next: null });
    expect(await get('/v1/inventory?campaign=Lamp')).toMatchObject({
      inventory: [{ committed: 3, onHand: null, product: { name: 'Lamp' } }],
    });
  });

  it('can only be listed for a named campaign that exists', async () => {
    for (const noun of ['backers', 'products', 'pledges', 'surveys', 'inventory']) {
      expect((await readProblem(await api.send(`/v1/${noun}`))).code).toBe('missing_campaign');
      expect((await readProblem(await api.send(`/v1/${noun}?campaign=Nope`))).code).toBe(
        'campaign_not_found',
      );
    }
  });

  it('belong to the campaigns that GET /v1/campaigns lists', async () => {
    expect(await get('/v1/campaigns')).toMatchObject({
      campaigns: [{ id: campaignId, name: 'Lamp' }],
      next: null,
    });
  });
});

describe('The result of an upload', () => {
  it('is in its report', async () => {
    expect(await get(`/v1/uploads/${uploadId}`)).toMatchObject({
      status: 'COMPLETED',
      rows: { total: 3, imported: 2, rejected: 1, leftOut: 0, open: 0 },
      progress: { phase: 'ended', percent: 100, rowsDone: 3 },
    });
  });

  it('is in its issues, row by row', async () => {
    const page = await get(`/v1/uploads/${uploadId}/issues?severity=error&limit=1`);
    expect(page).toMatchObject({ issues: [{ row: 3, line: 4, column: 'Email', value: 'not an address' }] });
    expect(await get(`/v1/uploads/${uploadId}/issues?code=relay_email`)).toEqual({
      issues: [],
      next: null,
      previous: null,
    });
  });

  it('is in the summary of its issues, by code and column', async () => {
    expect(await get(`/v1/uploads/${uploadId}/issues/summary`)).toMatchObject({
      groups: expect.arrayContaining([
        expect.objectContaining({
          severity: 'error',
          column: 'Email',
          count: 1,
          examples: [expect.anything()],
        }),
      ]),
    });
  });

  it('can be improved by a retry when chunks failed', async () => {
    const { id, links } = await readAccepted(await api.upload(csv, 'campaign=Again'));
    const { id: chunkId } = await api.database.prisma.csvUploadChunk.findFirstOrThrow({
      where: { uploadId: id },
    });
    const chunk = await claimChunk(api.database, chunkId, { leaseMs: 60_000 });
    if (chunk === null) throw new Error('The chunk could not be claimed');
    await releaseChunk(api.database, chunk, { reason: 'on purpose', maxAttempts: 1 });
    const response = await api.send(links.retry, { method: 'POST' });
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({
      id,
      status: 'PROCESSING',
      chunks: { pending: 1, failed: 0 },
    });
    expect((await readProblem(await api.send(links.retry, { method: 'POST' }))).code).toBe('illegal_move');
  });

  it('is in the list of uploads, newest first', async () => {
    const page = await get('/v1/uploads?limit=1');
    expect(page).toMatchObject({ uploads: [{ campaign: 'Again' }], next: expect.any(String) });
    const { next } = z.object({ next: z.string() }).parse(page);
    const second = await get(`/v1/uploads?cursor=${next}`);
    expect(second).toMatchObject({ uploads: [{ id: uploadId }], next: null });
    const { previous } = z.object({ previous: z.string() }).parse(second);
    expect(await get(`/v1/uploads?cursor=${previous}&limit=1`)).toEqual(page);
  });
});

describe('A record in an answer', () => {
  it('has exactly the documented members, without version columns or fingerprints', async () => {
    const survey =
      'Backer Number,Backer UID,Email,Pledge Amount,Pledged Status,What colour?\n1,7,a@example.com,$1.00,collected,red\n';
    const { id } = await readAccepted(await api.upload(survey, 'campaign=Keys'));
    await processUpload(api.database, id);
    const membersOf = async (noun: string, campaign: string) => {
      const answer = z.record(z.string(), z.unknown()).parse(await get(`/v1/${noun}?campaign=${campaign}`));
      const [first] = z.array(z.record(z.string(), z.unknown())).parse(answer[noun]);
      return first;
    };
    const whole = async (noun: string, campaign = 'Lamp') =>
      new Set(Object.keys((await membersOf(noun, campaign)) ?? {}));
    const times = ['createdAt', 'updatedAt'];
    expect(await whole('backers')).toEqual(
      new Set([
        ...['id', 'identity', 'email', 'name'],
        ...['billingState', 'billingCountry', 'billingCountryRaw'],
        ...times,
      ]),
    );
    expect(await whole('products')).toEqual(
      new Set(['id', 'kind', 'key', 'name', 'sku', 'price', 'currency', ...times]),
    );
    expect(await whole('pledges')).toEqual(
      new Set([
        ...['id', 'backerId', 'platform', 'externalId', 'status', 'statusRaw', 'pledgedAt'],
        ...['amount', 'shippingAmount', 'bonusAmount', 'currency', 'fulfillment', 'notes', 'deliveryNotes'],
        ...['shippingName', 'shippingAddress1', 'shippingAddress2', 'shippingCity', 'shippingState'],
        ...['shippingPostalCode', 'shippingCountry', 'shippingCountryRaw', 'shippingPhone'],
        ...['extra', 'items'],
        ...times,
      ]),
    );
    expect((await membersOf('pledges', 'Lamp'))?.['items']).toEqual([
      {
        quantity: expect.any(Number),
        unitPrice: null,
        product: { id: expect.any(String), kind: 'ITEM', key: expect.any(String), name: 'Lamp' },
      },
    ]);
    expect(await whole('surveys', 'Keys')).toEqual(new Set(['pledgeId', 'answeredAt', 'answers', ...times]));
    expect(await membersOf('inventory', 'Lamp')).toEqual({
      productId: expect.any(String),
      onHand: null,
      committed: 3,
      updatedAt: expect.any(String),
      product: { kind: 'ITEM', key: expect.any(String), name: 'Lamp', sku: null },
    });
  });
});

it.each([
  ['/v1/uploads?limit=0', 'limit'],
  ['/v1/uploads?limit=201', 'limit'],
  ['/v1/uploads?limit=many', 'limit'],
  ['/v1/uploads?cursor=yesterday', 'cursor'],
  ['/v1/uploads?before=01890000-0000-7000-8000-000000000000', 'before'],
  ['/v1/uploads?page=2', 'page'],
  ['/v1/campaigns?limit=1.5', 'limit'],
  ['/v1/pledges?campaign=Lamp&limit=1001', 'limit'],
  ['/v1/pledges?campaign=%00', 'campaign'],
  ['/v1/pledges?campaign=Lamp&after=1', 'after'],
  ['/v1/uploads/01890000-0000-7000-8000-000000000000/issues?cursor=x', 'cursor'],
  ['/v1/uploads/01890000-0000-7000-8000-000000000000/issues?severity=bad', 'severity'],
  ['/v1/uploads/01890000-0000-7000-8000-000000000000/issues?code=%00', 'code'],
  ['/v1/uploads/01890000-0000-7000-8000-000000000000/issues?code=nothing_like_it', 'code'],
])('GET %s is an invalid_request that names the parameter %s', async (path, name) => {
  const response = await api.send(path);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    code: 'invalid_request',
    detail: expect.stringContaining(`"${name}"`),
    parameters: [{ name }],
  });
});
