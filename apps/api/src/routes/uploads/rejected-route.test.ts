import { createCsvReader, formatCsvRow } from '@pledgeline/csv-core';
import { verifyUpload } from '@pledgeline/db';
import { processUpload } from '@pledgeline/db/testing';
import { packZip } from '@pledgeline/unpack/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { readAccepted, readProblem } from '../../test-support/answers.js';
import { startApi, type TestApi } from '../../test-support/start-api.js';

const headers = 'Order ID,Name,Email,Amount,Currency,Product,Quantity,Order Date';
/** Three rejects in nine rows; one date shows in which order the others are written. */
const csv = [
  headers,
  'A1,Grace,grace@example.com,25.50,USD,Lamp,2,27/04/2024',
  'A2,"=cmd|\' /C calc\'!A0",nobody,30,USD,Lamp,1,03/04/2024',
  'A3,"two\nlines, ""quoted""",alan@example.com,much,USD,Lamp,1,03/04/2024',
  "A4,'=Ada,ada@example.com,30,USD,Lamp",
  'A5,Edsger,edsger@example.com,30,USD,Lamp,1,03/04/2024',
  '',
].join('\r\n');

let api: TestApi;
beforeAll(async () => {
  api = await startApi(inject('testPostgres'));
});
afterAll(() => api.close());

async function send(body: NonNullable<RequestInit['body']>, query?: string): Promise<string> {
  const { id } = await readAccepted(await api.upload(body, query));
  await processUpload(api.database, id);
  return id;
}

async function read(path: string): Promise<unknown> {
  return (await api.send(path)).json();
}

async function expectVerified(id: string): Promise<void> {
  const checks = await verifyUpload(api.database, id);
  expect(checks?.filter(({ holds }) => !holds)).toEqual([]);
}

const readSent = z.object({ platform: z.string().nullable() });
const issuesSchema = z.object({ issues: z.array(z.record(z.string(), z.unknown())) });

async function readBytes(path: string): Promise<Buffer> {
  const response = await api.send(path);
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

function parse(bytes: Uint8Array): readonly (readonly string[])[] {
  const rows: (readonly string[])[] = [];
  const reader = createCsvReader({
    onHeader: (header) => {
      rows.push(header);
    },
    onChunk: (chunk) => rows.push(...chunk.rows),
  });
  reader.push(Buffer.concat([bytes, Buffer.from('end\r\n')]));
  reader.end();
  return rows.slice(0, -1);
}

describe('GET /v1/uploads/:id/rejected.csv', () => {
  it('has the header and the rejected rows of the file, each with its line and the reasons', async () => {
    const id = await send(csv);
    const response = await api.send(`/v1/uploads/${id}/rejected.csv`);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="rejected-${id}.csv"`);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(parse(bytes)).toEqual([
      ['_line', '_reasons', `_upload ${id}`, ...headers.split(',')],
      [
        '3',
        expect.stringMatching(/^Email: .* \[invalid_email\]$/),
        '',
        'A2',
        "'=cmd|' /C calc'!A0",
        'nobody',
        '30',
        'USD',
        'Lamp',
        '1',
        '03/04/2024',
      ],
      [
        '4',
        expect.stringMatching(/^Amount: .* \[invalid_money\]$/),
        '',
        'A3',
        'two\nlines, "quoted"',
        'alan@example.com',
        'much',
        'USD',
        'Lamp',
        '1',
        '03/04/2024',
      ],
      [
        '6',
        expect.stringMatching(/^The row has 6 cells.* \[too_few_cells\]$/),
        '',
        'A4',
        "''=Ada",
        'ada@example.com',
        '30',
        'USD',
        'Lamp',
      ],
    ]);
  });

  it('gives the same rejects when it is sent again as it is', async () => {
    const first = await send(csv);
    const second = await send(await readBytes(`/v1/uploads/${first}/rejected.csv`));
    const rowsOf = async (id: string) =>
      parse(await readBytes(`/v1/uploads/${id}/rejected.csv`))
        .slice(1)
        .map(([, ...cells]) => cells);
    const codesOf = (rows: readonly (readonly string[])[]) =>
      rows.map(([reasons = '', ...cells]) => [reasons.match(/\[\w+\]/g), ...cells]);
    const rejects = codesOf(await rowsOf(first));
    expect(rejects).toHaveLength(3);
    expect(codesOf(await rowsOf(second))).toEqual(rejects);
  });

  it('leaves nothing to reject when all is corrected, and the first upload says by which one', async () => {
    const first = await send(csv, 'campaign=Corrected');
    const [header, one, two, three] = parse(await readBytes(`/v1/uploads/${first}/rejected.csv`));
    const write = (rows: readonly (readonly string[] | undefined)[]) =>
      rows.map((cells = []) => formatCsvRow(cells)).join('');
    const half = await send(write([header, one?.with(5, 'alan@example.com'), two]), 'campaign=Corrected');
    const rest = await send(
      write([header, two?.with(6, '30'), [...(three ?? []), '1', '03/04/2024']]),
      'campaign=Corrected',
    );
    const elsewhere = await send(write([header, two?.with(6, '30')]), 'campaign=Elsewhere');
    expect(parse(await readBytes(`/v1/uploads/${rest}/rejected.csv`))).toEqual([
      ['_line', '_reasons', `_upload ${rest}`, ...headers.split(',')],
    ]);
    expect(await read(`/v1/uploads/${first}`)).toMatchObject({
      madeGoodBy: [
        { uploadId: half, status: 'COMPLETED', imported: 1, rejected: 1 },
        { uploadId: rest, status: 'COMPLETED', imported: 2, rejected: 0 },
      ],
    });
    expect(await read(`/v1/uploads/${elsewhere}`)).toMatchObject({ madeGoodBy: [] });
    expect(await read('/v1/pledges?campaign=Corrected')).toMatchObject({
      pledges: expect.arrayContaining([
        expect.objectContaining({ externalId: 'A2', pledgedAt: '2024-04-03T00:00:00.000Z', extra: null }),
      ]),
    });
    for (const upload of [first, half, rest, elsewhere]) await expectVerified(upload);
  });

  it('has all rows of an order that was rejected as a whole', async () => {
    const id = await send(
      [
        headers,
        'B1,Ada,ada@example.com,10,USD,Lamp,1,2024-04-03',
        'B1,Ada,ada@example.com,10,USD,Cup,none,2024-04-03',
        'B2,Bob,bob@example.com,10,USD,Cup,1,2024-04-03',
        '',
      ].join('\n'),
    );
    const rows = parse(await readBytes(`/v1/uploads/${id}/rejected.csv`));
    expect(
      rows.slice(1).map(([line, reasons, , number]) => [line, reasons?.match(/\[\w+\]/g), number]),
    ).toEqual([
      ['2', ['[order_rejected]'], 'B1'],
      ['3', ['[invalid_quantity]'], 'B1'],
    ]);
  });

  it('is a CSV for each file of an archive', async () => {
    const rejected = (number: string) => `Order ID,Email,Amount,Currency\n${number},nobody,1,EUR\n`;
    const good = 'Order ID,Email,Amount,Currency\nC0,ada@example.com,1,EUR\n';
    const zip = packZip({ 'a.csv': rejected('C1'), 'b.csv': good, 'c.csv': rejected('C2') });
    const id = await send(await zip);
    const path = `/v1/uploads/${id}/rejected.csv`;
    const response = await api.send(path);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      type: 'urn:pledgeline:problem:several_files',
      title: 'Several files have rejected rows',
      status: 400,
      detail:
        '2 files of the upload have rejected rows, and each is a CSV of its own. Choose one with "?file=": 0 (a.csv, 1 row), 2 (c.csv, 1 row).',
      code: 'several_files',
      files: [
        { file: 0, name: 'a.csv', sheet: null, rejected: 1, link: `${path}?file=0` },
        { file: 2, name: 'c.csv', sheet: null, rejected: 1, link: `${path}?file=2` },
      ],
      requestId: expect.any(String),
    });
    expect(parse(await readBytes(`${path}?file=2`))[1]?.[3]).toBe('C2');
    expect(parse(await readBytes(`${path}?file=1`))).toHaveLength(1);
    expect((await readProblem(await api.send(`${path}?file=3`))).code).toBe('no_such_file');
  });

  it('is refused while rows are open, because more of them may be rejected', async () => {
    const { id } = await readAccepted(await api.upload(csv));
    const response = await api.send(`/v1/uploads/${id}/rejected.csv`);
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({
      code: 'upload_not_done',
      detail: 'Which rows are rejected is not known yet. 5 of 5 rows are open. Ask again when it is done.',
    });
  });

  it('is read by the mapping that a person has made for the first upload', async () => {
    const unknown = 'Kennung,Wer,Mail,Wieviel\nU1,Ada,ada@example.com,12\nU2,Bob,nobody,12\n';
    const accepted = await readAccepted(await api.upload(unknown, 'campaign=Mapped'));
    const columns = [
      {
        file: 0,
        columns: [
          { position: 0, as: 'externalId' },
          { position: 1, as: 'backerName' },
          { position: 2, as: 'email' },
          { position: 3, as: 'amount', currency: 'EUR' },
        ],
      },
    ];
    const mapped = await api.send(`/v1/uploads/${accepted.id}/mapping`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ files: columns }),
    });
    expect(mapped.status, await mapped.text()).toBe(202);
    await processUpload(api.database, accepted.id);
    const again = await api.upload(
      await readBytes(`/v1/uploads/${accepted.id}/rejected.csv`),
      'campaign=Mapped',
    );
    expect(await again.json()).toMatchObject({
      status: 'PENDING',
      files: [{ columns: columns[0]?.columns }],
    });
  });

  it('is read as any other file, and makes nothing good, when another merchant sends it', async () => {
    const platform = 'campaign=Named&platform=kickstarter';
    const first = await send(
      'Backer Number,Backer Name,Email\n1,Ada,ada@example.com\n2,Bob,nobody\n',
      platform,
    );
    const rejects = await readBytes(`/v1/uploads/${first}/rejected.csv`);
    const own = await send(rejects, 'campaign=Named');
    expect(await read(`/v1/uploads/${own}`)).toMatchObject({ platform: 'kickstarter' });
    const init = { method: 'POST', body: rejects };
    const others = readSent.parse(
      await (await api.send('/v1/uploads?campaign=Named', init, api.otherKey)).json(),
    );
    expect(others.platform).not.toBe('kickstarter');
    expect(await read(`/v1/uploads/${first}`)).toMatchObject({
      madeGoodBy: [{ uploadId: own, status: 'COMPLETED', imported: 0, rejected: 2 }],
    });
  });
});

describe('GET /v1/uploads/:id/reading', () => {
  it('says how the rows of a file were read, so that corrected ones can be checked in the same way', async () => {
    const id = await send(csv);
    const fields = 'externalId backerName email amount currency productName quantity pledgedAt';
    expect(await read(`/v1/uploads/${id}/reading`)).toEqual({
      file: 0,
      platform: 'generic',
      columns: fields.split(' ').map((as, position) => ({ position, as })),
      dateOrders: [{ position: 7, order: 'dmy', source: 'evidence' }],
      decimalMark: '.',
      damage: { rowCount: 5, decodedTwice: [], decimalIds: [], nullWords: [], suspects: [1] },
      repair: true,
      isSheet: false,
    });
  });

  it('is that of the file that is asked for, with what a person has said', async () => {
    const zip = await packZip({
      'a.csv': 'Order ID,Email,Amount\n1,nobody,1\n',
      'b.csv': 'Order ID,Email,Amount,Order Date\n2,nobody,1,03/04/2024\n',
    });
    const id = await send(zip, 'campaign=Said&dateOrder=mdy&repair=false');
    expect(await read(`/v1/uploads/${id}/reading?file=1`)).toMatchObject({
      file: 1,
      dateOrders: [{ position: 3, order: 'mdy', source: 'requested' }],
      repair: false,
    });
    const { code, detail } = await readProblem(await api.send(`/v1/uploads/${id}/reading?file=2`));
    expect([code, detail]).toEqual(['no_such_file', 'The upload has no file 2 with rows.']);
    expect((await readProblem(await api.send(`/v1/uploads/${id}/reading`))).code).toBe('several_files');
  });

  it('is refused before anybody has said what the columns are', async () => {
    const { id } = await readAccepted(
      await api.upload('Kennung,Wer,Mail\nU1,Ada,nobody\n', 'campaign=Unsaid'),
    );
    expect(await readProblem(await api.send(`/v1/uploads/${id}/reading`))).toMatchObject({
      code: 'no_such_file',
    });
  });
});

describe('GET /v1/uploads/:id/issues.csv', () => {
  it('has the issues that the list has, with the same filters', async () => {
    const id = await send(csv);
    const { issues } = issuesSchema.parse(await read(`/v1/uploads/${id}/issues?severity=error`));
    const rows = parse(await readBytes(`/v1/uploads/${id}/issues.csv?severity=error`));
    const names = ['file', 'row', 'line', 'column', 'severity', 'code', 'message', 'value'];
    expect(rows).toEqual([names, ...issues.map((issue) => names.map((name) => String(issue[name] ?? '')))]);
    expect(issues).toHaveLength(3);
    expect(parse(await readBytes(`/v1/uploads/${id}/issues.csv?code=invalid_email`))).toHaveLength(2);
  });
});
