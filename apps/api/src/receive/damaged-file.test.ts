import { processUpload } from '@pledgeline/db/testing';
import { packXlsx } from '@pledgeline/unpack/testing';
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

const uploadSchema = z.object({
  status: z.string(),
  files: z.array(z.looseObject({ format: z.looseObject({}) })),
  statistics: z.looseObject({ repairs: z.array(z.looseObject({})) }),
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
    expect(upload.statistics.repairs).toEqual([
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
    expect(upload.statistics.repairs).toMatchObject([
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
});
