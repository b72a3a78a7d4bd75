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

const pageSchema = z.looseObject({ next: z.string().nullable(), previous: z.string().nullable() });
const recordsSchema = z.array(z.record(z.string(), z.unknown()));
const get = async (path: string) => (await api.send(path)).json();

describe('The imported records', () => {
  it('are listed by campaign name or id, a page at a time', async () => {
    const first = await get('/v1/backers?campaign=Lamp&limit=1');
    expect(first).toMatchObject({ backers: [{ email: expect.any(String) }], next: expect.any(String) });
    const { next } = pageSchema.parse(first);
    const second = await get(`/v1/backers?campaign=${campaignId}&limit=1&cursor=${next}`);
    expect(second).toMatchObject({ backers: [{ email: expect.any(String) }], next: null });
    expect(second).not.toMatchObject({ backers: pageSchema.parse(first)['backers'] });
    const { previous } = pageSchema.parse(second);
    expect(await get(`/v1/backers?campaign=Lamp&limit=1&cursor=${previous}`)).toEqual(first);
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
    expect(await get('/v1/surveys?campaign=Lamp')).toEqual({
      surveys: [],
      next: null,
      previous: null,
    });
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
    expect(await get(`/v1/uploads/${uploadId}/issues?code=unread_file`)).toEqual({
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

describe('The list of uploads', () => {
  const campaignsOf = async (query: string) =>
    recordsSchema
      .parse(pageSchema.parse(await get(`/v1/uploads?${query}`))['uploads'])
      .map(({ campaign, status }) => `${campaign} ${status}`);

  it('takes filters', async () => {
    expect(await campaignsOf('status=COMPLETED,FAILED&campaign=Lamp')).toEqual(['Lamp COMPLETED']);
    expect(await campaignsOf(`campaign=${campaignId}&platform=generic`)).toEqual(['Lamp COMPLETED']);
    expect(await campaignsOf('campaign=Lamp&platform=kickstarter')).toEqual([]);
    expect(await campaignsOf('status=PROCESSING')).toEqual(['Again PROCESSING']);
    expect((await readProblem(await api.send('/v1/uploads?campaign=Nope'))).code).toBe('campaign_not_found');
    expect((await readProblem(await api.send('/v1/uploads?status=done'))).code).toBe('invalid_request');
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
      unpaid: 0,
      available: null,
      short: null,
      updatedAt: expect.any(String),
      product: { kind: 'ITEM', key: expect.any(String), name: 'Lamp', sku: null },
    });
  });
});

describe('The lists of a campaign', () => {
  // One pledge with a survey, one whose currency nobody can read, one without an address.
  const shopCsv = [
    'Backer Number,Backer UID,Backer Name,Email,Pledge Amount,Pledged At,Pledged Status,Shipping Country Name,Shipping Address 1,What colour?',
    '1,11,Grace Hopper,grace@example.com,$25.00,"2024/05/01, 10:00",collected,US,1 Main Street,red',
    '2,12,Alan Turing,alan@example.com,$30.00,"2024/05/03, 10:00",errored,GB,2 High Street,',
    '3,13,Edsger Dijkstra,edsger@example.com,$5.00,"2024/05/02, 23:30",dropped,Atlantis,,blue',
    '',
  ].join('\n');
  let shop: string;
  beforeAll(async () => {
    ({ id: shop } = await readAccepted(await api.upload(shopCsv, 'campaign=Shop')));
    await processUpload(api.database, shop);
  });
  /** The numbers of the pledges that are found, in their order. */
  const numbers = async (query: string) =>
    recordsSchema
      .parse(pageSchema.parse(await get(`/v1/pledges?campaign=Shop&${query}`))['pledges'])
      .map(({ externalId }) => externalId);

  it('show the newest first, and can be sorted in other ways', async () => {
    expect(await numbers('')).toEqual(['2', '3', '1']);
    expect(await numbers('sort=pledgedAt')).toEqual(['1', '3', '2']);
    expect((await numbers('sort=id')).toReversed()).toEqual(await numbers('sort=-id'));
  });

  it.each([
    ['status=COLLECTED,ERRORED', ['2', '1']],
    ['status=REFUNDED', []],
    ['platform=kickstarter', ['2', '3', '1']],
    ['platform=indiegogo', []],
    ['country=US,GB', ['2', '1']],
    ['email=Grace@Example.com', ['1']],
    ['email=nobody@example.com', []],
    ['q=HOPP', ['1']],
    ['q=3', ['3']],
    ['withoutAddress=true', ['3']],
    ['withoutAddress=false', ['2', '1']],
    ['hasIssue=true', ['3']],
    ['hasIssue=false', ['2', '1']],
    ['updatedSince=2024-01-01T00:00:00%2B02:00&sort=pledgedAt', ['1', '3', '2']],
    ['updatedSince=2200-01-01T00:00:00Z', []],
    ['product=01890000-0000-7000-8000-000000000000', []],
  ])('take filters: %s', async (query, expected) => {
    expect(await numbers(query)).toEqual(expected);
  });

  it('can be asked for what one upload created or was the last to change', async () => {
    expect(await numbers(`upload=${shop}&sort=pledgedAt`)).toEqual(['1', '3', '2']);
    const again = shopCsv.replace('$30.00', '$31.00');
    const { id } = await readAccepted(await api.upload(again, 'campaign=Shop'));
    await processUpload(api.database, id);
    expect(await numbers(`upload=${id}`)).toEqual(['2']);
    expect(await numbers(`upload=${shop}&sort=pledgedAt`)).toEqual(['1', '3']);
    const problem = await readProblem(await api.send(`/v1/pledges?campaign=Shop&upload=${uploadId}`));
    expect(problem.code).toBe('upload_not_found');
  });

  it('have the total on demand, and what belongs to each entry', async () => {
    expect(
      await get('/v1/pledges?campaign=Shop&limit=1&total=true&expand=backer,survey&sort=pledgedAt'),
    ).toMatchObject({
      pledges: [
        {
          backer: { name: 'Grace Hopper' },
          survey: { answers: [{ question: 'What colour?', answer: 'red' }] },
        },
      ],
      total: 3,
    });
    expect(await get('/v1/backers?campaign=Shop&q=turing&expand=pledges')).toMatchObject({
      backers: [{ name: 'Alan Turing', pledges: [{ externalId: '2', items: [] }] }],
    });
    expect(await get('/v1/surveys?campaign=Shop&email=edsger@example.com&expand=pledge')).toMatchObject({
      surveys: [{ answers: [{ answer: 'blue' }], pledge: { externalId: '3' } }],
    });
  });

  it('refuse the cursor of another query', async () => {
    const { next } = pageSchema.parse(await get('/v1/pledges?campaign=Shop&limit=1'));
    for (const other of ['sort=id', 'status=COLLECTED', 'sort=pledgedAt']) {
      const response = await api.send(`/v1/pledges?campaign=Shop&limit=1&cursor=${next}&${other}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ parameters: [{ name: 'cursor' }] });
    }
    const response = await api.send(`/v1/backers?campaign=Shop&cursor=${next}`);
    expect(response.status).toBe(400);
  });

  it('lead to single records, which a client needs to fetch again only when they have changed', async () => {
    const page = await get('/v1/pledges?campaign=Shop&q=hopper&expand=backer,survey');
    const [pledge] = recordsSchema.parse(pageSchema.parse(page)['pledges']);
    const response = await api.send(`/v1/pledges/${pledge?.['id']}`);
    expect(await response.json()).toEqual(pledge);
    const again = { headers: { 'if-none-match': response.headers.get('etag') ?? '' } };
    expect((await api.send(`/v1/pledges/${pledge?.['id']}`, again)).status).toBe(304);
    expect(await get(`/v1/backers/${pledge?.['backerId']}`)).toMatchObject({
      pledges: [{ externalId: '1' }],
    });
    expect(await get(`/v1/surveys/${pledge?.['id']}`)).toMatchObject({ pledge: { externalId: '1' } });
    for (const noun of ['backer', 'pledge', 'product', 'survey']) {
      for (const id of ['01890000-0000-7000-8000-000000000000', 'nothing']) {
        expect((await readProblem(await api.send(`/v1/${noun}s/${id}`))).code).toBe(`${noun}_not_found`);
      }
    }
  });

  it('are summed up', async () => {
    const { id } = await api.database.prisma.campaign.findFirstOrThrow({ where: { name: 'Shop' } });
    expect(await get(`/v1/campaigns/${id}/summary?timeZone=Asia/Kolkata`)).toMatchObject({
      pledged: [
        // A dollar sign does not say whose dollars.
        { currency: null, status: 'COLLECTED', pledges: 1, amount: expect.any(String) },
        { currency: null, status: 'DROPPED', pledges: 1 },
        { currency: null, status: 'ERRORED', pledges: 1 },
      ],
      countries: expect.arrayContaining([{ country: 'GB', backers: 1 }]),
      days: [
        { day: '2024-05-01', pledges: 1 },
        { day: '2024-05-03', pledges: 2 },
      ],
      undatedPledges: 0,
    });
    // The second one is a name that only Node knows.
    for (const timeZone of ['Mars/Phobos', 'AET']) {
      const response = await api.send(`/v1/campaigns/${id}/summary?timeZone=${timeZone}`);
      expect(response.status, timeZone).toBe(400);
      expect(await response.json()).toMatchObject({ parameters: [{ name: 'timeZone' }] });
    }
  });
});

describe('The inventory', () => {
  const set = (product: unknown, body: unknown, key?: string) =>
    api.send(`/v1/inventory/${product}`, { method: 'PATCH', body: JSON.stringify(body) }, key);

  it('has what is left and what is missing once the units on hand are set, also after the next upload', async () => {
    const [entry] = recordsSchema.parse(
      pageSchema.parse(await get('/v1/inventory?campaign=Lamp'))['inventory'],
    );
    const id = entry?.['productId'];
    expect(await (await set(id, { onHand: 5 })).json()).toMatchObject({
      onHand: 5,
      committed: 3,
      unpaid: 0,
      available: 2,
      short: 0,
    });
    const more = csv.replace('A3,Edsger,not an address', 'A3,Edsger,edsger@example.com');
    const { id: upload } = await readAccepted(
      await api.upload(`${more}A4,Kay,kay@example.com,1,USD,Lamp,3,US,1 Road\n`),
    );
    await processUpload(api.database, upload);
    expect(await get('/v1/inventory?campaign=Lamp&q=lam')).toMatchObject({
      inventory: [{ onHand: 5, committed: 7, available: 0, short: 2 }],
    });
    expect(await (await set(id, { onHand: null })).json()).toMatchObject({ available: null, short: null });
  });

  it('can be asked for what is short; where nobody knows the units on hand, nothing is', async () => {
    const { id } = await api.database.prisma.product.findFirstOrThrow({
      where: { campaign: { name: 'Lamp' } },
    });
    const found = async (query: string) => {
      const page = pageSchema.parse(await get(`/v1/inventory?campaign=Lamp&total=true&${query}`));
      return [recordsSchema.parse(page['inventory']).length, page['total']];
    };
    const both = async () => [await found('short=true'), await found('short=false')];
    expect(await both()).toEqual([
      [0, 0],
      [1, 1],
    ]);
    await set(id, { onHand: 2 });
    expect(await both()).toEqual([
      [1, 1],
      [0, 0],
    ]);
    await set(id, { onHand: 100 });
    expect(await both()).toEqual([
      [0, 0],
      [1, 1],
    ]);
    await set(id, { onHand: null });
    expect((await api.send('/v1/pledges?campaign=Lamp&short=true')).status).toBe(400);
  });

  it('is set by whole numbers, by the merchant of the product', async () => {
    const { id } = await api.database.prisma.product.findFirstOrThrow();
    for (const onHand of [-1, 1.5, '5', 2 ** 31, undefined]) {
      expect((await set(id, { onHand })).status).toBe(400);
    }
    expect((await readProblem(await set(id, { onHand: 1 }, api.otherKey))).code).toBe('product_not_found');
    expect(await api.database.prisma.inventory.findUnique({ where: { productId: id } })).toMatchObject({
      onHand: null,
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
  ['/v1/pledges?campaign=Lamp&cursor=1', 'cursor'],
  ['/v1/pledges?campaign=Lamp&status=collected', 'status'],
  ['/v1/pledges?campaign=Lamp&status=COLLECTED&status=DROPPED', 'status'],
  ['/v1/pledges?campaign=Lamp&platform=myspace', 'platform'],
  ['/v1/pledges?campaign=Lamp&country=germany', 'country'],
  ['/v1/pledges?campaign=Lamp&email=grace', 'email'],
  ['/v1/pledges?campaign=Lamp&q=', 'q'],
  ['/v1/pledges?campaign=Lamp&q=%00', 'q'],
  ['/v1/pledges?campaign=Lamp&hasIssue=1', 'hasIssue'],
  ['/v1/pledges?campaign=Lamp&withoutAddress=yes', 'withoutAddress'],
  ['/v1/pledges?campaign=Lamp&updatedSince=2026-11-23', 'updatedSince'],
  ['/v1/pledges?campaign=Lamp&upload=1', 'upload'],
  ['/v1/pledges?campaign=Lamp&product=Lamp', 'product'],
  ['/v1/pledges?campaign=Lamp&sort=amount', 'sort'],
  ['/v1/pledges?campaign=Lamp&expand=pledges', 'expand'],
  ['/v1/pledges?campaign=Lamp&total=1', 'total'],
  ['/v1/backers?campaign=Lamp&status=COLLECTED', 'status'],
  ['/v1/backers?campaign=Lamp&sort=pledgedAt', 'sort'],
  ['/v1/products?campaign=Lamp&withoutAddress=true', 'withoutAddress'],
  ['/v1/surveys?campaign=Lamp&q=red', 'q'],
  ['/v1/inventory?campaign=Lamp&upload=01890000-0000-7000-8000-000000000000', 'upload'],
  ['/v1/inventory?campaign=Lamp&hasIssue=true', 'hasIssue'],
  ['/v1/uploads/01890000-0000-7000-8000-000000000000/issues?cursor=x', 'cursor'],
  ['/v1/uploads/01890000-0000-7000-8000-000000000000/issues?severity=bad', 'severity'],
  ['/v1/uploads/01890000-0000-7000-8000-000000000000/issues?code=%00', 'code'],
])('GET %s is an invalid_request that names the parameter %s', async (path, name) => {
  const response = await api.send(path);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    code: 'invalid_request',
    detail: expect.stringContaining(`"${name}"`),
    parameters: [{ name }],
  });
});
