import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Database } from '../client.js';
import { brokenChecks } from '../test-support/broken-checks.js';
import { openTestDatabase } from '../test-support/open-test-database.js';
import { processChunk } from '../test-support/process-upload.js';
import { type ReceivedUpload, receiveCsv } from '../test-support/receive-csv.js';
import { mapFiles } from './mappings/map-files.js';
import { listIssues } from './reports/list-issues.js';
import { readUpload } from './reports/read-upload.js';

let db: Database;
let close: () => Promise<void>;
let merchantId: string;

beforeAll(async () => {
  ({ db, merchantId, close } = await openTestDatabase(inject('testPostgres'), 4));
});

afterAll(() => close());

const header = 'Order ID,Name,Email,Amount,Currency,Status';
const filler = (n: number) => `F${n},Fay,fay${n}@example.com,1.00,USD,paid`;
/** Lines that bear the same numbers, far from each other. */
const csv = [
  header,
  'A1,Ada,ada@example.com,10.00,USD,paid',
  'B1,Bob,bob@example.com,20.00,USD,paid',
  'C1,Cleo,cleo@example.com,30.00,USD,paid',
  ...[1, 2, 3, 4, 5].map(filler),
  'A1,Zoe,zoe@example.com,11.00,USD,paid',
  'B1,Bob,bob@example.com,-20.00,USD,paid',
  'C1,Cleo,cleo@example.com,31.00,USD,paid',
  '',
].join('\n');

const orders = [
  ['in file order', (ids: readonly string[]) => ids],
  ['backwards', (ids: readonly string[]) => ids.toReversed()],
  ['from the middle', (ids: readonly string[]) => [...ids.slice(2), ...ids.slice(0, 2)]],
] as const;

async function outcomeOf({ id: uploadId, campaignId }: ReceivedUpload) {
  const { issues } = await listIssues(db, uploadId, { limit: 1_000 });
  const pledges = await db.prisma.pledge.findMany({
    where: { campaignId, externalId: { in: ['A1', 'B1', 'C1'] } },
    orderBy: { externalId: 'asc' },
  });
  const report = await readUpload(db, merchantId, uploadId);
  return {
    rows: report?.rows,
    issues: issues.map(({ row, code, severity }) => [row, code, severity]),
    pledges: pledges.map(({ externalId, status, amount }) => [externalId, status, amount?.toString()]),
    broken: await brokenChecks(db, uploadId),
  };
}

const wanted = {
  rows: expect.objectContaining({ total: 11, imported: 9, rejected: 2 }),
  issues: [
    [1, 'several_people', 'error'],
    [9, 'several_people', 'error'],
    [10, 'refund_row', 'warning'],
    [11, 'repeated_pledge', 'warning'],
  ],
  pledges: [
    ['B1', 'REFUNDED', '20'],
    ['C1', 'COLLECTED', '31'],
  ],
  broken: [],
};

describe('rows with the same number in different chunks', () => {
  it.each(orders)('mean what they mean in one chunk, processed %s', async (name, orderOf) => {
    const upload = await receiveCsv(db, {
      merchantId,
      campaign: `Known ${name}`,
      csv,
      chunkRows: 3,
    });
    expect(upload.chunkIds).toHaveLength(4);
    for (const chunkId of orderOf(upload.chunkIds)) await processChunk(db, chunkId);
    expect(await outcomeOf(upload)).toEqual(wanted);
  });

  it('are found when a person says later what the columns are', async () => {
    const unknown = csv.replace(header, 'c1,c2,c3,c4,c5,c6');
    const upload = await receiveCsv(db, { merchantId, campaign: 'Unknown', csv: unknown, chunkRows: 3 });
    const fields = ['externalId', 'backerName', 'email', 'amount', 'currency', 'status'] as const;
    const chunkIds = await mapFiles(db, upload.id, [
      {
        fileIndex: 0,
        platform: 'generic',
        columns: fields.map((as, position) => ({ position, as })),
        orders: null,
        decimalMark: '.',
        assumptions: [],
      },
    ]);
    for (const chunkId of chunkIds.toReversed()) await processChunk(db, chunkId);
    expect(await outcomeOf(upload)).toEqual(wanted);
  });

  it('are told of, where they are too many to be read together', async () => {
    const rows = Array.from(
      { length: 120 },
      (_, n) => `${n % 2 === 0 ? 'X' : `Y${n}`},Ada,ada@example.com,5.00,USD,paid`,
    );
    const many = [header, ...rows, ''].join('\n');
    const { id } = await receiveCsv(db, { merchantId, campaign: 'Many', csv: many, chunkRows: 2 });
    const { issues } = await listIssues(db, id, { limit: 10 });
    expect(issues).toMatchObject([
      {
        row: null,
        code: 'uncompared_numbers',
        severity: 'warning',
        message: expect.stringMatching(/^1 number /),
      },
    ]);
  });
});
