import { gzipSync } from 'node:zlib';
import { packZip } from '@pledgeline/unpack/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { readProblem } from '../../test-support/answers.js';
import { kickstarterCsv, startApi, type TestApi } from '../../test-support/start-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi(inject('testPostgres'), {
    config: { MAX_INSPECT_BYTES: 20_000, MAX_ROW_LENGTH: 60_000, MAX_ANSWER_BYTES: 64 * 1024 },
  });
});
afterAll(() => api.close());

const send = (body: NonNullable<RequestInit['body']>, query = '') =>
  api.send(`/v1/inspect${query}`, { method: 'POST', body });

const inspectionSchema = z.object({ files: z.array(z.looseObject({})), isCut: z.boolean() });

async function inspect(body: NonNullable<RequestInit['body']>, query = '') {
  const response = await send(body, query);
  if (response.status !== 200) throw new Error(await response.text());
  return inspectionSchema.parse(await response.json());
}

const long = (rows: number) =>
  `Backer Number;Backer UID;Backer Name;Email;Pledge Amount;Pledged Status;Notes\n${Array.from(
    { length: rows },
    (_, n) => `${n + 1};${n};Zoë;z${n}@example.com;$1.00;collected;"two\nlines"\n`,
  ).join('')}`;

it('POST /v1/inspect reports what a file would become, and writes nothing', async () => {
  const { files, isCut } = await inspect(kickstarterCsv);
  expect(isCut).toBe(false);
  expect(files).toMatchObject([
    {
      platform: 'kickstarter',
      format: { encoding: { name: 'utf-8' }, delimiter: { value: ',' }, headerLine: 1 },
      detection: { confidence: expect.any(Number), reasons: expect.arrayContaining([expect.any(String)]) },
      columns: expect.arrayContaining([
        { position: 0, header: 'Backer Number', role: 'field', field: 'externalId' },
        { position: 6, header: 'Survey URL', role: 'secret', field: null },
      ]),
      suggestion: null,
      records: [{ backer: { name: 'Grace' }, pledge: { externalId: '1', amount: '25.00' } }, {}],
      issues: [],
      rowsSeen: 2,
      hasMore: false,
    },
  ]);
  expect(JSON.stringify(files)).not.toContain('https://example.com/secret');
  expect(await api.database.prisma.csvUpload.count()).toBe(0);
  expect(await api.database.prisma.campaign.count()).toBe(0);
});

it('POST /v1/inspect writes amounts with the digits of their currency, as the pledges will have them', async () => {
  const yen = kickstarterCsv.replace('$25.00', 'JPY 2500.00').replace('$30.00', '€30');
  const { files } = await inspect(yen);
  expect(files).toMatchObject([
    {
      records: [
        { pledge: { amount: '2500', currency: 'JPY' } },
        { pledge: { amount: '30.00', currency: 'EUR' } },
      ],
    },
  ]);
});

it.each([
  ['plain', (text: string) => Buffer.from(text)],
  ['in Windows-1252', (text: string) => Buffer.from(text, 'latin1')],
  ['as UTF-16', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['as UTF-16 BE', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ['gzipped', (text: string) => gzipSync(text, { level: 0 })],
])(
  'POST /v1/inspect reads the beginning of a long file, wherever it is cut off: %s',
  async (_what, encode) => {
    const { files, isCut } = await inspect(encode(long(2_000)));
    expect(isCut).toBe(true);
    expect(files).toMatchObject([
      {
        platform: 'kickstarter',
        format: { delimiter: { value: ';' } },
        hasMore: true,
        issues: [],
      },
    ]);
    expect(files[0]?.['records']).toMatchObject([{ backer: { name: 'Zoë' } }, {}, {}, {}, {}]);
  },
);

it('POST /v1/inspect reports no issue for a row in which the client has cut the file', async () => {
  const bytes = Buffer.from(long(30));
  for (let end = 300; end < 700; end += 1) {
    const { files } = await inspect(bytes.subarray(0, end));
    expect(files, `cut at ${end}`).toMatchObject([{ platform: 'kickstarter', issues: [] }]);
  }
});

it('POST /v1/inspect reads a file of one row without a line end', async () => {
  const { files } = await inspect('Order ID,Email,Status\nA-1,ada@example.com,paid');
  expect(files).toMatchObject([{ records: [{ pledge: { externalId: 'A-1' } }], issues: [] }]);
});

it('POST /v1/inspect suggests a mapping for unknown columns', async () => {
  const { files } = await inspect(
    'Zeichen,Post\nL-1,ada@example.com\nL-2,bo@example.com\nL-3,cy@example.com\n',
  );
  expect(files).toMatchObject([
    { platform: null, columns: null, suggestion: { columns: [{}, { as: 'email' }] }, records: [] },
  ]);
});

it('POST /v1/inspect shows the issues of rows by line', async () => {
  const { files } = await inspect(`${kickstarterCsv}3,1003,Eve,no address,$1.00,collected,,\n`);
  expect(files).toMatchObject([{ issues: [{ line: 4, column: 'Email', code: 'invalid_email' }] }]);
});

it('POST /v1/inspect shows the issues about a file as a whole, even if it is not recognised or skipped', async () => {
  const slipped = 'Colour,Shape,Note\nred,round,\nblue,oval, or not,\n';
  const zip = await packZip({ 'a.csv': slipped, 'b.json': '{"orders":[]}', '.hidden': 'x' });
  const { files } = await inspect(zip);
  expect(files.map(({ issues }) => issues)).toMatchObject([
    [{ file: 'a.csv', row: 2, line: 3, code: 'slipped_row' }],
    [{ file: 'b.json', row: null, line: null, code: 'unread_file' }],
    [],
  ]);
  expect(files[1]).toEqual({
    name: 'b.json',
    skipped: expect.any(String),
    mayHoldRows: true,
    issues: [expect.any(Object)],
  });
  const sent = await api.send('/v1/uploads?campaign=Lamp', { method: 'POST', body: zip });
  const { id } = z.object({ id: z.string() }).parse(await sent.json());
  const { issues } = z
    .object({ issues: z.array(z.unknown()) })
    .parse(await (await api.send(`/v1/uploads/${id}/issues`)).json());
  expect(files.flatMap((file) => file['issues'])).toEqual(issues);
});

it('POST /v1/inspect shows the issues of a file before those of its rows', async () => {
  const slip = 'A-2,b@example.com,1 Main St, Apt 4,\n';
  const { files } = await inspect(`Order ID,Email,Address 1,Note\nA-1,nobody,1 Main St,\n${slip}`);
  expect(files).toMatchObject([
    {
      issues: [
        { code: 'slipped_row', row: 2 },
        { code: 'invalid_email', row: 1 },
      ],
    },
  ]);
});

it('POST /v1/inspect reads a file as the hints of the client say', async () => {
  const { files } = await inspect('a^b\n1^2\n', '?delimiter=%5E&platform=indiegogo');
  expect(files).toMatchObject([{ headers: ['a', 'b'], platform: 'indiegogo' }]);
});

it('POST /v1/inspect reads an archive that is within the limit', async () => {
  const { files } = await inspect(
    await packZip({ 'a.csv': kickstarterCsv, '.hidden': 'x', 'b.json': '{"a": 1}' }),
  );
  expect(files).toEqual([
    expect.objectContaining({ name: 'a.csv', platform: 'kickstarter' }),
    { name: '.hidden', skipped: 'a hidden file', mayHoldRows: false, issues: [] },
    {
      name: 'b.json',
      skipped: expect.stringContaining('JSON'),
      mayHoldRows: true,
      issues: [expect.objectContaining({ code: 'unread_file' })],
    },
  ]);
  const large = await packZip({
    'a.csv': Buffer.from(long(2_000)),
    'b.bin': crypto.getRandomValues(new Uint8Array(40_000)),
  });
  expect(await readProblem(await send(large))).toMatchObject({
    status: 413,
    code: 'archive_too_large_to_inspect',
  });
});

it('POST /v1/inspect unpacks an archive only up to a multiple of its own limit', async () => {
  const archive = await packZip({ 'a.csv': long(20_000) });
  expect(archive.length).toBeGreaterThan(20_000);
  const repeated = await packZip({ 'a.csv': long(1).repeat(8_000) });
  expect(repeated.length).toBeLessThan(20_000);
  expect(await readProblem(await send(repeated))).toMatchObject({
    status: 413,
    code: 'archive_too_large_to_inspect',
    detail: expect.stringContaining('larger than 640000 bytes when it is unpacked'),
  });
});

describe('A gzip file that is inspected', () => {
  const rows = (count: number) => `Order ID,Email\n${'A-1,ada@example.com\n'.repeat(count)}`;

  it('is read as a whole file when it is whole, with or without a line end', async () => {
    for (const text of [rows(2), rows(2).trimEnd()]) {
      expect((await inspect(gzipSync(text))).files).toMatchObject([{ rowsSeen: 2, hasMore: false }]);
    }
  });

  it('is read up to its end when the client has cut it off', async () => {
    const bytes = gzipSync(rows(100), { level: 0 });
    const { files } = await inspect(bytes.subarray(0, -500));
    expect(files).toMatchObject([{ headers: ['Order ID', 'Email'], hasMore: true }]);
  });

  it('is refused when it is damaged', async () => {
    const bytes = gzipSync(rows(2));
    bytes.writeUInt32LE(1, bytes.length - 8);
    expect(await readProblem(await send(bytes))).toMatchObject({ code: 'damaged_archive', status: 422 });
  });

  it('is read no further than a file that is not packed', async () => {
    const { files } = await inspect(gzipSync(`Order ID,Note\n${`A-1,${'x'.repeat(9_000)}\n`.repeat(100)}`));
    const [{ rowsSeen, hasMore } = {}] = files;
    expect(rowsSeen).toBeLessThan(50);
    expect(hasMore).toBe(true);
  });

  it.each([
    ['its only line', ''],
    ['its second line', 'Order ID,Email\n'],
  ])('is refused when %s is too long, as an upload of it is', async (_what, start) => {
    const body = gzipSync(`${start}${'A-1,ada@example.com,'.repeat(50_000)}`);
    const refused = await readProblem(await send(body));
    expect(refused).toMatchObject({ code: 'row_too_long', status: 422 });
    const { uploadId: _, requestId: __, ...uploaded } = await readProblem(await api.upload(body));
    expect(refused).toMatchObject(uploaded);
  });
});

it.each([
  [200, false],
  [201, true],
])('POST /v1/inspect of %i rows reports whether there are more rows than it read', async (count, hasMore) => {
  const { files } = await inspect(`a,b\n${'1,2\n'.repeat(count)}`);
  expect(files).toMatchObject([{ rowsSeen: 200, hasMore }]);
});

it.each([
  ['empty_file', 422, ''],
  ['no_rows', 422, 'Email,Name\n'],
  ['not_csv', 422, '%PDF-1.7\n'],
])('POST /v1/inspect refuses a bad file with %s and status %i', async (code, status, body) => {
  expect(await readProblem(await send(body))).toMatchObject({ code, status });
});

it('POST /v1/inspect of many wide files ends with the file that makes the answer long enough, and says so', async () => {
  const header = Array.from({ length: 200 }, (_, n) => `Figure ${n}`).join();
  const file = `${header}\n${header.replaceAll('Figure ', '')}\n`;
  const names = ['a.csv', 'b.csv', 'c.csv', 'd.csv', 'e.csv', 'f.csv'];
  const many = await (
    await send(await packZip(Object.fromEntries(names.map((name) => [name, file]))))
  ).json();
  const { files, hasMoreFiles } = z
    .object({ files: z.array(z.unknown()), hasMoreFiles: z.boolean() })
    .parse(many);
  expect(hasMoreFiles).toBe(true);
  expect(files.length).toBeGreaterThan(0);
  expect(files.length).toBeLessThan(names.length);
  const last = JSON.stringify(files.at(-1)).length;
  expect(JSON.stringify(files).length - last).toBeLessThan(64 * 1024 + names.length);
  expect(JSON.stringify(files).length).toBeGreaterThan(64 * 1024);
});
