import { processUpload } from '@pledgeline/db/testing';
import { packZip } from '@pledgeline/unpack/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { readAccepted, readProblem } from '../../test-support/answers.js';
import { startApi, type TestApi } from '../../test-support/start-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi(inject('testPostgres'));
});
afterAll(() => api.close());

/** A file with unknown columns, in German. */
const csv = (rows: readonly string[]) => `Bestellung,Wer,Post,Was,Stück,Wann\n${rows.join('\n')}\n`;
const rows = ['L-1,Ada,ada@example.com,Lampe,2,03/04/2024', 'L-2,Bo,bo@example.com,Kabel,1,05/04/2024'];
const columns = [
  { position: 0, as: 'externalId' },
  { position: 1, as: 'backerName' },
  { position: 2, as: 'email' },
  { position: 3, as: 'productName' },
  { position: 4, as: 'quantity' },
  { position: 5, as: 'pledgedAt' },
];

const mappingSchema = z.object({
  status: z.string(),
  files: z.array(z.looseObject({ file: z.number(), headers: z.array(z.string()) })),
});

async function send(body: string | Uint8Array, campaign = 'Lamp') {
  const response = await api.upload(body, `campaign=${campaign}`);
  expect(response.status).toBe(202);
  return readAccepted(response);
}

function put(id: string, body: unknown, key?: string): Promise<Response> {
  return api.send(`/v1/uploads/${id}/mapping`, { method: 'PUT', body: JSON.stringify(body) }, key);
}

/** By the id of each pledge in a campaign: `2 × Lampe`. */
async function itemsIn(campaign: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const { rows: items } = await api.database.pool.query<{ pledge: string; item: string }>(
    `SELECT pledge.external_id AS pledge, format('%s × %s', item.quantity, product.name) AS item
     FROM pledge_item item JOIN product ON product.id = item.product_id JOIN pledge ON pledge.id = item.pledge_id
       JOIN campaign ON campaign.id = pledge.campaign_id WHERE campaign.name = $1`,
    [campaign],
  );
  const byPledge: Record<string, string[]> = {};
  for (const { pledge, item } of items) {
    byPledge[pledge] = [...(byPledge[pledge] ?? []), item];
  }
  return byPledge;
}

const chunksOf = (uploadId: string) =>
  api.database.prisma.csvUploadChunk.findMany({ where: { uploadId }, orderBy: { index: 'asc' } });

describe('An upload that needs a mapping', () => {
  it('shows its columns with a suggestion for each', async () => {
    const { id, links, ...upload } = await send(csv(rows));
    expect(upload['status']).toBe('NEEDS_MAPPING');
    const mapping = mappingSchema.parse(await (await api.send(`${links.self}/mapping`)).json());
    expect(mapping).toMatchObject({
      status: 'NEEDS_MAPPING',
      files: [
        {
          file: 0,
          headers: ['Bestellung', 'Wer', 'Post', 'Was', 'Stück', 'Wann'],
          rows: [rows[0]?.split(','), rows[1]?.split(',')],
          suggestion: {
            columns: expect.arrayContaining([expect.objectContaining({ position: 2, as: 'email' })]),
          },
        },
      ],
    });
    expect(await chunksOf(id)).toMatchObject([{ status: 'PENDING', attempts: 0 }]);
  });

  it('waits although its columns are understood, when its sender wants to say what they are', async () => {
    const understood = 'Order ID,Email,Total,Currency\nA-1,ada@example.com,25.00,EUR\n';
    const statusOf = async (query: string) => {
      const response = await api.upload(understood, `campaign=Asked&force=true${query}`);
      expect(response.status).toBe(202);
      return readAccepted(response);
    };
    expect((await statusOf(''))['status']).toBe('PENDING');
    const { id, ...asked } = await statusOf('&ask=true');
    expect(asked['status']).toBe('NEEDS_MAPPING');
    const response = await put(id, {
      columns: [
        { position: 0, as: 'externalId' },
        { position: 1, as: 'email' },
        { position: 2, as: 'ignored' },
        { position: 3, as: 'ignored' },
      ],
    });
    expect(response.status).toBe(202);
    await processUpload(api.database, id);
    const problem = await readProblem(await api.upload(understood, 'campaign=Asked&ask=perhaps'));
    expect([problem.status, problem.code]).toEqual([400, 'invalid_request']);
  });

  it('is imported after a mapping of its columns', async () => {
    const { id } = await send(csv(rows), 'By hand');
    const response = await put(id, { columns, dateOrder: 'dmy' });
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({
      status: 'PENDING',
      platform: 'generic',
      files: [
        { platform: 'generic', columns, dateOrders: [{ header: 'Wann', order: 'dmy', source: 'requested' }] },
      ],
    });
    await processUpload(api.database, id);
    const pledges = await api.database.prisma.pledge.findMany({
      where: { backer: { campaign: { name: 'By hand' } } },
      include: { backer: true },
      orderBy: { externalId: 'asc' },
    });
    expect(pledges).toMatchObject([
      {
        externalId: 'L-1',
        pledgedAt: new Date('2024-04-03T00:00:00Z'),
        backer: { name: 'Ada', email: 'ada@example.com' },
      },
      { externalId: 'L-2', backer: { name: 'Bo' } },
    ]);
    expect(await itemsIn('By hand')).toEqual({ 'L-1': ['2 × Lampe'], 'L-2': ['1 × Kabel'] });
    expect((await readProblem(await put(id, { columns }))).code).toBe('illegal_move');
  });

  it('keeps the rows of one order together, although its chunks were cut before the order column was known', async () => {
    const many = Array.from({ length: 999 }, (_, n) => `M-${n},Ada,ada@example.com,Lampe,1,2024-04-03`);
    const order = ['Lampe', 'Kabel', 'Birne'].map((what) => `X-1,Bo,bo@example.com,${what},1,2024-04-03`);
    const { id } = await send(csv([...many, ...order, 'X-2,Bo,bo@example.com,Lampe,1,2024-04-03']), 'Split');
    expect(await chunksOf(id)).toMatchObject([
      { rowCount: 1_000, firstRow: 1 },
      { rowCount: 3, firstRow: 1_001 },
    ]);
    expect((await put(id, { columns })).status).toBe(202);
    const [first, second] = await chunksOf(id);
    expect(first).toMatchObject({ rowCount: 1_002, firstRow: 1 });
    expect(second).toMatchObject({ rowCount: 1, firstRow: 1_003, lines: [1_004] });
    expect((first?.lines ?? []).slice(-3)).toEqual([1_001, 1_002, 1_003]);
    await processUpload(api.database, id);
    expect((await itemsIn('Split'))['X-1']?.toSorted()).toEqual(['1 × Birne', '1 × Kabel', '1 × Lampe']);
    const upload = await (await api.send(`/v1/uploads/${id}`)).json();
    expect(upload).toMatchObject({
      status: 'COMPLETED',
      rows: { total: 1_003, imported: 1_003, rejected: 0 },
    });
  });

  it('can be mapped by the name of its platform', async () => {
    const { id } = await send('Sum,Order ID\n5,O-1\n', 'Platform');
    const response = await put(id, { platform: 'generic' });
    expect(await response.json()).toMatchObject({
      status: 'PENDING',
      files: [{ platform: 'generic', columns: null }],
    });
  });

  it('may have several files with different columns', async () => {
    const zip = await packZip({ 'a.csv': csv(rows), 'b.csv': 'Nr,Mail\nB-1,bea@example.com\n' });
    const { id } = await send(zip, 'Several');
    expect((await readProblem(await put(id, { columns }))).code).toBe('invalid_request');
    const one = await readProblem(await put(id, { files: [{ file: 0, columns }] }));
    expect(one).toMatchObject({
      status: 422,
      code: 'mapping_incomplete',
      detail: expect.stringContaining('"b.csv"'),
    });
    const second = {
      file: 1,
      columns: [
        { position: 0, as: 'externalId' },
        { position: 1, as: 'email' },
      ],
    };
    expect((await put(id, { files: [{ file: 0, columns, dateOrder: 'dmy' }, second] })).status).toBe(202);
    await processUpload(api.database, id);
    expect(
      await api.database.prisma.pledge.count({ where: { backer: { campaign: { name: 'Several' } } } }),
    ).toBe(3);
  });

  it('can be imported without one file of the archive', async () => {
    const zip = await packZip({ 'a.csv': csv(rows), 'b.csv': 'Colour,Shape\nred,round\nblue,square\n' });
    const { id } = await send(zip, 'Left out');
    const files = [
      { file: 0, columns, dateOrder: 'dmy' },
      { file: 1, skip: true },
    ];
    expect((await put(id, { files })).status).toBe(202);
    await processUpload(api.database, id);
    expect(await (await api.send(`/v1/uploads/${id}`)).json()).toMatchObject({
      status: 'COMPLETED',
      rows: { total: 2, imported: 2, rejected: 0 },
      chunks: { total: 1 },
      files: [
        { name: 'a.csv', skipped: null },
        { name: 'b.csv', skipped: 'Left out by hand.' },
      ],
    });
  });

  it('may have cells and headers that Postgres cannot process: NUL and half of a surrogate pair', async () => {
    const nasty = [
      'Bestellung,Wer\0,Post,Was,Stück,Wann',
      String.raw`L-1,"A\0da \u0000 \\",ada@example.com,Lampe,2,03/04/2024`.replace('\\0', '\0'),
      'L-2,Bo,bo@example.com,Kabel,1,05/04/2024',
      '',
    ].join('\n');
    const { id } = await send(nasty, 'Nul');
    const shown = mappingSchema.parse(await (await api.send(`/v1/uploads/${id}/mapping`)).json());
    expect(shown).toMatchObject({
      status: 'NEEDS_MAPPING',
      files: [
        {
          headers: ['Bestellung', 'Wer␀', 'Post', 'Was', 'Stück', 'Wann'],
          rows: [
            ['L-1', String.raw`A␀da \u0000 \\`, 'ada@example.com', 'Lampe', '2', '03/04/2024'],
            ['L-2', 'Bo', 'bo@example.com', 'Kabel', '1', '05/04/2024'],
          ],
        },
      ],
    });
    expect((await put(id, { columns, dateOrder: 'dmy', saveAs: 'Nul' })).status).toBe(202);
    await processUpload(api.database, id);
    expect(await itemsIn('Nul')).toEqual({ 'L-2': ['1 × Kabel'] });
    expect(await (await api.send(`/v1/uploads/${id}`)).json()).toMatchObject({
      status: 'COMPLETED',
      rows: { total: 2, imported: 1, rejected: 1 },
    });
    // The saved mapping is found by the header as the file has it.
    expect((await send(nasty.replace('L-2', 'L-3'), 'Nul'))['status']).toBe('PENDING');

    const wide = await send(Buffer.from('\ufeffNr,Farbe\n1,\ud83d rot\n', 'utf16le'), 'Half');
    const half = await api.send(`/v1/uploads/${wide.id}/mapping`);
    expect(half.status).toBe(200);
  });

  it('names a file of the archive once, and nothing is read before that is checked', async () => {
    const { id } = await send(csv(rows), 'Twice');
    const one = { file: 0, columns };
    expect(await readProblem(await put(id, { files: [one, one] }))).toEqual({
      type: 'urn:pledgeline:problem:invalid_request',
      title: 'The request is not valid',
      status: 400,
      detail: 'File 0 is named twice. Name each file once.',
      code: 'invalid_request',
      requestId: expect.any(String),
    });
  });

  it('refuses a mapping that does not suffice for an import', async () => {
    const { id } = await send(csv(rows), 'Refused');
    const refused: readonly (readonly [string, unknown])[] = [
      ['invalid_request', 'nonsense'],
      ['invalid_request', { columns: [{ position: 0, as: 'shoeSize' }] }],
      ['invalid_request', { columns: [...columns, { position: 6, as: 'notes' }] }],
      ['invalid_request', { files: [{ file: 7, columns }] }],
      ['invalid_request', { columns: [...columns, { position: 0, as: 'notes' }] }],
      ['mapping_incomplete', { columns: columns.filter(({ as }) => as !== 'productName') }],
      ['invalid_request', { colums: columns }],
      ['invalid_request', { accept: false }],
      ['invalid_request', { accept: true, columns }],
      ['invalid_request', { accept: true, people: true }],
      ['invalid_request', { people: 'yes' }],
      ['invalid_request', { people: true, platform: 'shopify' }],
      ['invalid_request', { columns, values: { bezahlt: 'COLLECTED' } }],
      ['invalid_request', { accept: true, values: { bezahlt: 'LENT' } }],
      ['invalid_request', { columns: [{ position: 0, as: 'amount', currency: 'dollars' }] }],
      ['unknown_platform', { platform: 'myspace' }],
      ['mapping_incomplete', {}],
      ['mapping_incomplete', { columns: columns.slice(1) }],
      ['mapping_incomplete', { columns: columns.filter(({ as }) => as !== 'email') }],
      ['mapping_incomplete', { platform: 'kickstarter' }],
    ];
    for (const [code, body] of refused) {
      expect((await readProblem(await put(id, body))).code, JSON.stringify(body)).toBe(code);
    }
    const empty = await api.send(`/v1/uploads/${id}/mapping`, { method: 'PUT', body: '' });
    expect((await readProblem(empty)).code).toBe('invalid_request');
    expect((await put(id, { columns }, api.otherKey)).status).toBe(404);
    expect((await put(id, { accept: true }, api.otherKey)).status).toBe(404);
    const asOther = await api.send(`/v1/uploads/${id}/mapping`, {}, api.otherKey);
    expect(asOther.status).toBe(404);
    expect(await (await api.send(`/v1/uploads/${id}`)).json()).toMatchObject({ status: 'NEEDS_MAPPING' });
  });
});

describe('The suggestion for a file that is not known for sure', () => {
  const tickets = (status: string) =>
    `Order Ref,Mail,Article,Pieces,Total (EUR),Zustand\nT-1,ada@example.com,Lamp,2,"19,90",${status}\nT-2,bo@example.com,Cable,1,"4,50",bezahlt\n`;
  const questionsOf = async (id: string) => {
    const schema = z.object({ files: z.array(z.object({ questions: z.array(z.looseObject({})) })) });
    const { files } = schema.parse(await (await api.send(`/v1/uploads/${id}/mapping`)).json());
    return files.flatMap(({ questions }) => questions);
  };
  const pledgesIn = (campaign: string) =>
    api.database.prisma.pledge.findMany({
      where: { backer: { campaign: { name: campaign } } },
      select: { externalId: true, status: true, amount: true, currency: true },
      orderBy: { externalId: 'asc' },
    });

  it('asks what an unknown word of the payment status means, and takes the answer with the suggestion', async () => {
    const { id, ...upload } = await send(tickets('im Sack'), 'Words');
    expect(upload).toMatchObject({ status: 'NEEDS_MAPPING', detail: expect.stringContaining('"im Sack"') });
    expect(upload).toMatchObject({
      detail: expect.stringContaining('(PUT …/mapping {"accept": true, "values": {…}})'),
    });
    expect(await questionsOf(id)).toMatchObject([
      { code: 'unknown_words', position: 5, header: 'Zustand', cells: ['im Sack'] },
    ]);
    expect(await readProblem(await put(id, { accept: true }))).toMatchObject({
      code: 'mapping_incomplete',
      detail:
        'Nobody knows what "im Sack" in "Zustand" means. Say it with "values", such as { "im Sack": "COLLECTED" }.',
    });
    const answer = { accept: true, values: { 'im sack': 'PENDING' }, saveAs: 'Tickets' };
    expect((await put(id, answer)).status).toBe(202);
    await processUpload(api.database, id);
    expect(await pledgesIn('Words')).toMatchObject([
      { externalId: 'T-1', status: 'PENDING', currency: 'EUR' },
      { externalId: 'T-2', status: 'COLLECTED', currency: 'EUR' },
    ]);
    expect((await pledgesIn('Words')).map(({ amount }) => Number(amount))).toEqual([19.9, 4.5]);
    // The words that were taught belong to the template; a new one is asked about again.
    expect((await send(tickets('im Sack'), 'Words'))['status']).toBe('PENDING');
    const other = await send(tickets('im Meer'), 'Words');
    expect(await questionsOf(other.id)).toMatchObject([{ code: 'unknown_words', cells: ['im Meer'] }]);
  });

  it('must not be left out in part: a column that looks like money is named, or said to be ignored', async () => {
    const { id } = await send(
      csv(rows)
        .replace('Wann', 'Betrag')
        .replaceAll(/,0\d.04.2024/g, ',5.00'),
      'Lost',
    );
    const some = columns.slice(0, 4);
    expect(await readProblem(await put(id, { columns: some }))).toMatchObject({
      code: 'mapping_incomplete',
      detail: expect.stringContaining('"Stück", "Betrag"'),
    });
    const said = [...some, { position: 4, as: 'quantity' }, { position: 5, as: 'ignored' }];
    expect((await put(id, { columns: said })).status).toBe(202);
  });

  it('is not asked to accept a suggestion that would be refused, because a column is missing', async () => {
    const { id, ...upload } = await send('Nummer,Name,Betrag\n1,Ada,5 €\n2,Bo,6 €\n', 'Nobody');
    expect(upload).toMatchObject({
      status: 'NEEDS_MAPPING',
      detail: expect.stringContaining('Say what the columns are (PUT …/mapping {"columns": […]})'),
    });
    expect(upload).toMatchObject({ detail: expect.not.stringContaining('Accept') });
    expect((await readProblem(await put(id, { accept: true }))).code).toBe('mapping_incomplete');
  });

  it('may be accepted for people, who have pledged nothing', async () => {
    const people =
      'ID,Name,Email,Country\n1,Ada Example,ada@example.com,US\n2,Bo Example,bo@example.com,DE\n';
    const { id } = await send(people, 'People');
    expect(await questionsOf(id)).toMatchObject([{ code: 'people_or_pledges', position: null }]);
    expect((await readProblem(await put(id, { people: true, platform: 'shopify' }))).code).toBe(
      'invalid_request',
    );
    expect((await put(id, { people: true })).status).toBe(202);
    await processUpload(api.database, id);
    expect(await pledgesIn('People')).toEqual([]);
    const backers = await api.database.prisma.backer.findMany({
      where: { campaign: { name: 'People' } },
      select: { name: true, email: true, billingCountry: true },
      orderBy: { email: 'asc' },
    });
    expect(backers).toEqual([
      { name: 'Ada Example', email: 'ada@example.com', billingCountry: 'US' },
      { name: 'Bo Example', email: 'bo@example.com', billingCountry: 'DE' },
    ]);
  });

  it('can be accepted while something is only kept', async () => {
    const body = 'Order ID,Email,Total,Balance Due,Product\nO-1,ada@example.com,20.00,5.00,Lamp\n';
    const { id } = await send(body, 'Kept');
    expect(await questionsOf(id)).toMatchObject([{ code: 'unclear_column', header: 'Balance Due' }]);
    expect((await put(id, { accept: true })).status).toBe(202);
    await processUpload(api.database, id);
    expect(await pledgesIn('Kept')).toMatchObject([{ externalId: 'O-1' }]);
  });

  it('is accepted alone: columns of the client are not mixed with it', async () => {
    const { id } = await send(csv(rows), 'Both');
    for (const body of [
      { accept: true, columns },
      { columns: columns.slice(0, 3), values: { x: 'PENDING' } },
    ]) {
      expect((await readProblem(await put(id, body))).code).toBe('invalid_request');
    }
  });
});

describe('A file of no known platform that is understood', () => {
  it('is imported without a question, and says what is assumed', async () => {
    const body =
      'Bestellnummer;E-Mail;Artikel;Gesamtbetrag (EUR)\nB-1;ada@example.com;Lampe;19,90\nB-2;bo@example.com;Kabel;4,50\n';
    const { id, ...upload } = await send(body, 'Understood');
    expect(upload).toMatchObject({ status: 'PENDING', platform: 'generic', confidence: expect.any(Number) });
    expect(upload['files']).toMatchObject([
      {
        questions: [],
        assumptions: [{ code: 'no_status' }, { code: 'no_quantity' }, { code: 'no_date' }],
        format: { decimalMark: ',' },
      },
    ]);
    await processUpload(api.database, id);
    expect(await itemsIn('Understood')).toEqual({ 'B-1': ['1 × Lampe'], 'B-2': ['1 × Kabel'] });
  });

  it('keeps the rows of one order together', async () => {
    const many = Array.from({ length: 999 }, (_, n) => `${n},M-${n},ada@example.com,Lamp,1,9.00`);
    const order = ['Lamp', 'Cable', 'Bulb'].map(
      (what, n) => `${2_000 + n},X-1,bo@example.com,${what},1,9.00`,
    );
    const body = ['Line,Order Reference,Email,Product,Pieces,Total', ...many, ...order].join('\n');
    const { id } = await send(body, 'Whole');
    await processUpload(api.database, id);
    expect((await itemsIn('Whole'))['X-1']?.toSorted()).toEqual(['1 × Bulb', '1 × Cable', '1 × Lamp']);
  });
});

describe('A saved mapping', () => {
  it('is applied automatically to the next file of the merchant with the same header row', async () => {
    const { id } = await send(csv(rows), 'Template');
    expect((await put(id, { columns, saveAs: 'Unser Shop' })).status).toBe(202);
    const again = await send(csv(rows), 'Template');
    expect(again['status']).toBe('PENDING');
    await processUpload(api.database, again.id);
    expect(await (await api.send(`/v1/uploads/${again.id}`)).json()).toMatchObject({
      status: 'COMPLETED',
      files: [{ platform: 'generic', columns }],
    });
    const other = await api.send('/v1/uploads?campaign=X', { method: 'POST', body: csv(rows) }, api.otherKey);
    expect(await other.json()).toMatchObject({ status: 'NEEDS_MAPPING' });
  });

  it('is listed until it is deleted', async () => {
    const templates = z.object({ templates: z.array(z.looseObject({ id: z.string(), name: z.string() })) });
    const list = async (key?: string) =>
      templates.parse(await (await api.send('/v1/mapping-templates', {}, key)).json()).templates;
    const [template] = await list();
    expect(template).toMatchObject({ name: 'Unser Shop', platform: 'generic', columns });
    expect(await list(api.otherKey)).toEqual([]);
    const address = `/v1/mapping-templates/${template?.id}`;
    expect((await api.send(address, { method: 'DELETE' }, api.otherKey)).status).toBe(404);
    expect((await api.send(address, { method: 'DELETE' })).status).toBe(204);
    expect((await send(csv(rows), 'Template'))['status']).toBe('NEEDS_MAPPING');
  });
});
