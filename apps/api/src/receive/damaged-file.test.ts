import { gzipSync } from 'node:zlib';
import { processUpload } from '@pledgeline/db/testing';
import { craftZip, packXlsx } from '@pledgeline/unpack/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { readAccepted } from '../test-support/answers.js';
import { startApi, type TestApi } from '../test-support/start-api.js';

let api: TestApi;
let campaigns = 0;

beforeAll(async () => {
  api = await startApi(inject('testPostgres'), { config: { CHUNK_ROWS: 2 } });
});
afterAll(() => api.close());

const uploadSchema = z.looseObject({
  id: z.string(),
  status: z.string(),
  files: z.array(z.looseObject({ format: z.looseObject({}).nullable() })),
  statistics: z.looseObject({ upload: z.looseObject({ repairs: z.array(z.looseObject({})) }) }),
});

/** Imports a file into a campaign of its own. */
async function importFile(body: string | Uint8Array, query = '') {
  campaigns += 1;
  const campaign = `Damaged ${campaigns}`;
  const sent = await api.send(`/v1/uploads?campaign=${campaign}${query}`, { method: 'POST', body });
  const { id } = await readAccepted(sent);
  await processUpload(api.database, id);
  const upload = uploadSchema.parse(await (await api.send(`/v1/uploads/${id}`)).json());
  const { id: campaignId } = await api.database.prisma.campaign.findFirstOrThrow({
    where: { name: campaign },
  });
  const pledges = await api.database.prisma.pledge.findMany({
    where: { campaignId },
    orderBy: { externalId: 'asc' },
  });
  return { upload, pledges };
}

/** The letter that proves how the second row was decoded is in another chunk. */
const csv = `Order ID,Email,City,Zip,Country
R-1,ada@example.com,Bonn,,DE
R-2,bo@example.com,voilÃ,,FR
R-3,cy@example.com,MÃ¼nster,,DE
R-4,di@example.com,NULL,2108,US
`;

describe('a file that another program damaged', () => {
  it('is repaired by what the whole file proves, and one summary says so', async () => {
    const { upload, pledges } = await importFile(csv);
    expect(pledges.map(({ shippingCity }) => shippingCity)).toEqual(['Bonn', 'voilà', 'Münster', null]);
    expect(pledges[3]?.shippingPostalCode).toBe('02108');
    expect(upload.statistics.upload.repairs).toEqual([
      {
        file: null,
        column: 'City',
        kind: 'decoded_twice',
        repaired: true,
        count: 2,
        examples: [
          { line: 3, before: 'voilÃ', after: 'voilà' },
          { line: 4, before: 'MÃ¼nster', after: 'Münster' },
        ],
      },
      {
        file: null,
        column: 'City',
        kind: 'null_word',
        repaired: true,
        count: 1,
        examples: [{ line: 5, before: 'NULL', after: null }],
      },
      {
        file: null,
        column: 'Zip',
        kind: 'cut_postal_code',
        repaired: true,
        count: 1,
        examples: [{ line: 5, before: '2108', after: '02108' }],
      },
    ]);
    expect(Object.keys(upload.files[0]?.format ?? {})).not.toContain('damage');
  });

  it('stays as it is with repair=false', async () => {
    const { upload, pledges } = await importFile(csv, '&repair=false');
    expect(pledges.map(({ shippingCity }) => shippingCity)).toEqual(['Bonn', 'voilÃ', 'MÃ¼nster', 'NULL']);
    expect(pledges[3]?.shippingPostalCode).toBe('2108');
    expect(upload.statistics.upload.repairs).toMatchObject([
      { column: 'City', kind: 'decoded_twice', repaired: false },
      { column: 'City', kind: 'null_word', repaired: false },
    ]);
  });

  it('is inspected in the same way', async () => {
    const inspect = async (query: string) => {
      const answer = await api.send(`/v1/inspect${query}`, { method: 'POST', body: csv });
      const shape = z.object({
        files: z.tuple([
          z.looseObject({
            records: z.array(
              z.looseObject({ pledge: z.looseObject({ shippingCity: z.string().nullable() }) }),
            ),
            repairs: z.array(z.looseObject({ kind: z.string(), repaired: z.boolean() })),
          }),
        ]),
      });
      const [{ records, repairs }] = shape.parse(await answer.json()).files;
      return { cities: records.map(({ pledge }) => pledge.shippingCity), repairs };
    };
    expect(await inspect('')).toMatchObject({ cities: ['Bonn', 'voilà', 'Münster', null] });
    const asItIs = await inspect('?repair=false');
    expect(asItIs.cities).toEqual(['Bonn', 'voilÃ', 'MÃ¼nster', 'NULL']);
    expect(asItIs.repairs.every(({ repaired }) => !repaired)).toBe(true);
  });

  it('refuses another word for repair', async () => {
    const answer = await api.send('/v1/inspect?repair=no', { method: 'POST', body: csv });
    expect(answer.status).toBe(400);
  });

  it('has no errors of a workbook as text', async () => {
    const cells = (texts: readonly string[]) =>
      texts
        .map((text) =>
          text.startsWith('#')
            ? `<c t="e"><v>${text}</v></c>`
            : `<c t="inlineStr"><is><t>${text}</t></is></c>`,
        )
        .join('');
    const rows = [
      ['Order ID', 'Email', 'City', 'Gift'],
      ['R-1', 'ada@example.com', '#REF!', '#N/A'],
    ];
    const sheet = rows.map((row) => `<row>${cells(row)}</row>`).join('');
    const { pledges } = await importFile(await packXlsx({ sheets: [{ name: 'Orders', rows: sheet }] }));
    expect(pledges).toMatchObject([{ externalId: 'R-1', shippingCity: null, extra: null }]);
  });

  it('is imported although a cell holds NUL, in a chunk that is read along with another', async () => {
    const row = (id: string, name: string) => `${id},${name},${id}@example.com,Bonn,5.00`;
    const rows = [
      row('R-1', 'Ada'),
      row('R-2', 'B\0o'),
      row('R-3', 'Cy'),
      row('R-4', 'Di'),
      row('R-1', 'Ada'),
    ];
    const { upload, pledges } = await importFile(`Order ID,Name,Email,City,Amount\n${rows.join('\n')}\n`);
    expect(upload).toMatchObject({ status: 'COMPLETED', rows: { total: 5, rejected: 1 } });
    expect(pledges.map(({ externalId }) => externalId)).toEqual(['R-1', 'R-3', 'R-4']);
    const { siblingRows } = await api.database.prisma.csvUploadChunk.findFirstOrThrow({
      where: { firstRow: 5, uploadId: upload.id },
    });
    expect(siblingRows).toEqual([1]);
  });
});

describe('an archive in which a file turns to garbage after its header', () => {
  const header = 'Order ID,Name,Email,City,Amount\n';
  const rows = Array.from({ length: 9 }, (_, n) => `R-${n},Ada,a${n}@example.com,Bonn,5.00\n`).join('');
  const noise = Buffer.from(Array.from({ length: 200_000 }, (_, n) => (n * n * 31) % 251));
  const good = { name: 'good.csv', content: header + rows };

  it.each([
    ['at once', Buffer.concat([Buffer.from(header), noise])],
    ['after some rows', Buffer.concat([Buffer.from(header + rows), noise])],
    [
      'as a gzip file does that breaks off',
      gzipSync(header + rows.repeat(2_000), { level: 0 }).subarray(0, 200_000),
    ],
  ])('is imported without any row of it, and its account closes: %s', async (_when, content) => {
    const { upload } = await importFile(craftZip([{ name: 'bad.csv', content }, good]));
    expect(upload).toMatchObject({
      status: 'COMPLETED',
      rows: { total: 9, imported: 9, rejected: 0 },
      files: [
        { name: 'bad.csv', skipped: expect.any(String), rowCount: 0, issueCount: 1 },
        { name: 'good.csv', skipped: null, rowCount: 9, firstRow: 1 },
      ],
    });
    const where = { uploadId: upload.id };
    const chunks = await api.database.prisma.csvUploadChunk.findMany({ where, orderBy: { index: 'asc' } });
    expect(chunks.map(({ index, fileIndex }) => [index, fileIndex])).toEqual([
      [0, 1],
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 1],
    ]);
  });
});
