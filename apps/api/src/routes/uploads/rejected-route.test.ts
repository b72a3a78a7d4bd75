import { createCsvReader } from '@pledgeline/csv-core';
import { processUpload } from '@pledgeline/db/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readAccepted } from '../../test-support/answers.js';
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
  reader.push(bytes);
  reader.end();
  return rows;
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
      ['3', expect.stringMatching(/^Email: .* \[invalid_email\]$/), '', 'A2', "'=cmd|' /C calc'!A0", 'nobody', '30', 'USD', 'Lamp', '1', '03/04/2024'],
      ['4', expect.stringMatching(/^Amount: .* \[invalid_amount\]$/), '', 'A3', 'two\nlines, "quoted"', 'alan@example.com', 'much', 'USD', 'Lamp', '1', '03/04/2024'],
      ['6', expect.stringMatching(/^The row has 6 cells.* \[too_few_cells\]$/), '', 'A4', "''=Ada", 'ada@example.com', '30', 'USD', 'Lamp'],
    ]);
  });

  it('gives the same rejects when it is sent again as it is', async () => {
    const first = await send(csv);
    const second = await send(await readBytes(`/v1/uploads/${first}/rejected.csv`));
    const rowsOf = async (id: string) =>
      parse(await readBytes(`/v1/uploads/${id}/rejected.csv`)).slice(1).map(([, ...cells]) => cells);
    const codesOf = (rows: readonly (readonly string[])[]) =>
      rows.map(([reasons = '', ...cells]) => [reasons.match(/\[\w+\]/g), ...cells]);
    const rejects = codesOf(await rowsOf(first));
    expect(rejects).toHaveLength(3);
    expect(codesOf(await rowsOf(second))).toEqual(rejects);
  });
});
