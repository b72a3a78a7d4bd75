/** What an application of somebody else does with the packages, in a few lines; and what its output must be. */
export const consumer = `
import { keepCells, type MappedRecord, type RowChunk } from '@pledgeline/csv-core';
import { mapKeys, mapOptions } from '@pledgeline/csv-core/map';
import { openTextImport } from '@pledgeline/csv-core/import';
import { createClient as createWebClient, ProblemError, verifyWebhook, WebhookError } from '@pledgeline/client';
import { createClient, type Schemas } from '@pledgeline/client/node';

const chunks: RowChunk[] = [];
const table = openTextImport({ packer: keepCells, onChunk: (chunk) => chunks.push(chunk) });
table.push(new TextEncoder().encode('Order ID,Email,Status,Total,SKU,Qty\\nA-1,ada@example.com,paid,"$1,234.50 USD",BOOK,2\\n'));
const report = table.end();
const records = chunks.flatMap(({ headers, rows, firstRow, lines }): readonly MappedRecord[] =>
  mapKeys(headers, rows, { ...mapOptions(report), firstRow, lines }).records,
);
for (const { backer, pledge } of records) console.log(backer.identity, pledge?.amount, pledge?.currency);

async function main(): Promise<void> {
  const options = { url: 'http://127.0.0.1:9', key: 'pl_key', retries: 0 };
  const statusOf = async (id: string): Promise<Schemas['UploadStatus']> =>
    (await createClient(options).get('/v1/uploads/{id}', { path: { id } })).status;
  await statusOf('1').catch((error: unknown) => console.log(error instanceof ProblemError, String(error).slice(0, 15)));
  // @ts-expect-error There is no such address.
  await createWebClient(options).get('/v1/nothing').catch(() => console.log('nothing'));
  const headers = { 'webhook-id': '1', 'webhook-timestamp': '1', 'webhook-signature': 'v1,' };
  await verifyWebhook({ body: '', headers, secrets: 'whsec_c2VjcmV0' }).catch((error: unknown) =>
    console.log(error instanceof WebhookError && error.code),
  );
}

void main();
`;

export const consumerOutput = [
  'ada@example.com 1234.50 USD',
  'false ConnectionError',
  'nothing',
  'wrong_time',
  '',
].join('\n');
