import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  createCsvReader,
  type MappedRecord,
  type PledgeItemRecord,
  type RowChunk,
} from '@pledgeline/csv-core';
import { mapKeys } from '@pledgeline/csv-core/map';
import { createDatabase, type Prisma } from '@pledgeline/db';
import type { LocalPostgres } from '@pledgeline/local-services';
import { createKey, freshDatabase, withClient } from './bench-database.js';
import { countRows, mustEqual, type RowCounts, recordTables } from './tables.js';

const PATIENCE_MS = 600_000;

/**
 * Measures the plain way, in milliseconds: the same reader and mapping with Prisma's `createMany` per model, in one
 * transaction per chunk. It stores no chunks and uses no HTTP. Rows that exist already are skipped, not merged.
 */
export async function measurePlain(
  postgres: LocalPostgres,
  file: string,
  expected: RowCounts,
): Promise<number> {
  const connectionString = await freshDatabase(postgres, 'plain');
  await createKey(connectionString);
  const { prisma, close } = createDatabase({ connectionString, maxConnections: 2 });
  try {
    const merchant = await prisma.merchant.findFirstOrThrow();
    const campaignId = idOf('campaign');
    await prisma.campaign.create({ data: { id: campaignId, merchantId: merchant.id, name: 'Bench' } });
    const begun = performance.now();
    for await (const { headers, rows, firstRow, lines } of readChunks(file)) {
      const { records } = mapKeys(headers, rows, { firstRow, lines, platform: 'kickstarter' });
      await prisma.$transaction((client) => createRecords(client, campaignId, records), {
        timeout: PATIENCE_MS,
        maxWait: PATIENCE_MS,
      });
    }
    const took = performance.now() - begun;
    await withClient(connectionString, async (client) =>
      mustEqual('The plain way', await countRows(client, recordTables), expected),
    );
    return took;
  } finally {
    await close();
  }
}

async function* readChunks(file: string): AsyncGenerator<RowChunk, void, undefined> {
  const chunks: RowChunk[] = [];
  const reader = createCsvReader({ onHeader: () => undefined, onChunk: (chunk) => chunks.push(chunk) });
  for await (const piece of createReadStream(file)) {
    if (!(piece instanceof Uint8Array)) throw new TypeError('The stream must give bytes.');
    reader.push(piece);
    yield* chunks.splice(0);
  }
  reader.end();
  yield* chunks;
}

async function createRecords(
  client: Prisma.TransactionClient,
  campaignId: string,
  records: readonly MappedRecord[],
): Promise<void> {
  const products: Prisma.ProductCreateManyInput[] = [];
  const backers: Prisma.BackerCreateManyInput[] = [];
  const pledges: Prisma.PledgeCreateManyInput[] = [];
  const surveys: Prisma.SurveyCreateManyInput[] = [];
  for (const { row, backer, products: named, pledge, survey } of records) {
    const mark = { campaignId, uploadSequence: 1, rowNumber: row, baseSequence: 1 };
    const backerId = idOf('backer', backer.identity);
    backers.push({ ...mark, id: backerId, ...backer });
    for (const product of named) {
      products.push({ ...mark, id: idOf('product', product.kind, product.key), ...product });
    }
    if (pledge === null) continue;
    const { items: held, extra, ...cells } = pledge;
    const id = idOf('pledge', pledge.platform, pledge.externalId);
    const items =
      held &&
      Object.fromEntries(held.map((item) => [idOf('product', item.kind, item.productKey), storedItem(item)]));
    pledges.push({
      ...mark,
      id,
      backerId,
      ...cells,
      ...(extra !== null && { extra }),
      ...(items !== null && { items }),
    });
    if (survey === null) continue;
    const answers = survey.answers.map((answer) => ({ ...answer }));
    surveys.push({ ...mark, pledgeId: id, answeredAt: survey.answeredAt, answers });
  }
  await client.product.createMany({ data: products, skipDuplicates: true });
  await client.backer.createMany({ data: backers, skipDuplicates: true });
  await client.pledge.createMany({ data: pledges, skipDuplicates: true });
  await client.survey.createMany({ data: surveys, skipDuplicates: true });
}

function storedItem({ quantity, unitPrice }: PledgeItemRecord) {
  return { quantity, ...(unitPrice !== null && { unitPrice }) };
}

/** An id made from the natural key, so that the same key always has the same id. */
function idOf(...key: readonly string[]): string {
  const hex = createHash('md5').update(JSON.stringify(key)).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
