import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Database } from '../client.js';
import { dumpCampaign } from '../test-support/dump-campaign.js';
import { openTestDatabase } from '../test-support/open-test-database.js';
import { processUpload } from '../test-support/process-upload.js';
import { receiveCsv } from '../test-support/receive-csv.js';
import { readUpload } from './reports/read-upload.js';
import { verifyUpload } from './verify/verify-upload.js';

let db: Database;
let close: () => Promise<void>;
let merchantId: string;
let campaigns = 0;

beforeAll(async () => {
  ({ db, merchantId, close } = await openTestDatabase(inject('testPostgres'), 10));
});

afterAll(() => close());

const newCampaign = () => `orders ${++campaigns}`;
const csv = (...lines: readonly string[]) => [...lines, ''].join('\n');

/** Receives a file in chunks of two rows, processes them and gives its report and the campaign's tables. */
async function importFile(campaign: string, text: string) {
  const upload = await receiveCsv(db, { merchantId, campaign, csv: text, chunkRows: 2 });
  await processUpload(db, upload.id);
  const report = await readUpload(db, merchantId, upload.id);
  return { report, tables: await dumpCampaign(db.pool, upload.campaignId) };
}

describe('a file with a row for each item', () => {
  const header = 'Order ID,Email,Status,Total,SKU,Quantity';
  const file = csv(
    header,
    '1,ada@example.com,paid,$30.00 USD,MUG,1',
    '1,ada@example.com,paid,$30.00 USD,HAT,2',
    '1,ada@example.com,paid,$30.00 USD,MUG,1',
    '2,bob@example.com,paid,$10.00 USD,MUG,1',
    '3,cyd@example.com,paid,$10.00 USD,MUG,some',
    '3,cyd@example.com,paid,$10.00 USD,HAT,1',
  );

  it('counts rows as rows and orders as records', async () => {
    const { report, tables } = await importFile(newCampaign(), file);
    expect(report).toMatchObject({ status: 'COMPLETED', rows: { total: 6, imported: 4, rejected: 2 } });
    expect(report?.statistics).toMatchObject({
      rows: { total: 6, imported: 4, rejected: 2, leftOut: 0 },
      records: { pledges: { created: 2, unchanged: 0 }, backers: { created: 2, unchanged: 0 } },
    });
    expect(tables.items).toMatchObject([
      { pledge: 'generic:1', key: 'HAT', quantity: 2 },
      { pledge: 'generic:1', key: 'MUG', quantity: 2 },
      { pledge: 'generic:2', key: 'MUG', quantity: 1 },
    ]);
    expect(tables.inventory).toMatchObject([
      { key: 'HAT', committed: 2 },
      { key: 'MUG', committed: 3 },
    ]);
  });

  it('changes nothing when it is sent again', async () => {
    const campaign = newCampaign();
    const first = await importFile(campaign, file);
    const second = await importFile(campaign, file);
    expect(second.tables).toEqual(first.tables);
    expect(second.report?.statistics?.records.pledges).toEqual({ created: 0, updated: 0, unchanged: 2 });
  });
});

describe('a file with rows that are no records', () => {
  const file = csv(
    'Order ID,Email,Status,Total,SKU,Quantity',
    '1,ada@example.com,paid,$30.00 USD,MUG,1',
    'Page 1 of 2,,,,,',
    '1,ada@example.com,paid,$30.00 USD,HAT,2',
    'Order ID,Email,Status,Total,SKU,Quantity',
    '2,bob@example.com,paid,$10.00 USD,MUG,some',
    'Total,,,$40.00 USD,,4',
  );

  it('counts them as left out, and its account closes', async () => {
    const campaign = newCampaign();
    const { report, tables } = await importFile(campaign, file);
    expect(report).toMatchObject({
      status: 'COMPLETED',
      rows: { total: 6, imported: 2, rejected: 1, leftOut: 3, open: 0 },
      progress: { percent: 100, rowsDone: 6 },
      statistics: { rows: { total: 6, imported: 2, rejected: 1, leftOut: 3 } },
    });
    expect(tables.pledges).toMatchObject([{ external_id: '1', amount: 30 }]);
    expect(tables.items).toMatchObject([
      { key: 'HAT', quantity: 2 },
      { key: 'MUG', quantity: 1 },
    ]);
    const checks = await verifyUpload(db, report?.id ?? '');
    expect(checks?.filter(({ holds }) => !holds)).toEqual([]);
    const { rows } = await db.pool.query(
      `SELECT message, facts -> 'rows' ->> 'leftOut' AS left_out FROM notification WHERE upload_id = $1`,
      [report?.id],
    );
    expect(rows).toMatchObject([{ left_out: '3', message: expect.stringContaining('3 were left out') }]);
  });
});

describe('a campaign with files of Kickstarter and of a pledge manager', () => {
  const kickstarter = csv(
    'Backer Number,Backer UID,Backer Name,Email,Reward Title,Backing Minimum,Reward ID,Pledge Amount,Pledged At,Pledged Status,Notes,[Addon: 77] Dice tray,Survey Response',
    '1,901,Ada,ada@example.com,Deluxe,$50.00 USD,501,$60.00 USD,"2024/03/01, 12:00",collected,,1,',
    '2,902,Bob,bob@example.com,Deluxe,$50.00 USD,501,$50.00 USD,"2024/03/01, 12:00",collected,,0,',
  );
  const backerkit = csv(
    'Id,Service Guid,Platform,Reward Id,Name,Email,Pledge Amount,Pledge Status,Notes,Pledged At,Survey Answered At,Funds Added in BackerKit,Total Spent,DLX,TRAY',
    '8700001,1,kickstarter,9001,Ada,ADA@example.com,60.0,collected,,2024-03-01 12:00:00 +0000,,0.0,60.0,1,2',
    '8700002,2,kickstarter,9001,Bob,bob@example.com,50.0,collected, Marked As Canceled on 2024-05-01,2024-03-01 12:00:00 +0000,,0.0,50.0,1,0',
    '8700003,,Manual,,Cyd,cyd@example.com,20.0,collected,,2024-05-01 12:00:00 +0000,,0.0,20.0,0,1',
  );

  it('has one pledge and one backer for each order, and counts no unit twice', async () => {
    const campaign = newCampaign();
    await importFile(campaign, kickstarter);
    const { report, tables } = await importFile(campaign, backerkit);
    expect(report).toMatchObject({ platform: 'backerkit', rows: { imported: 3, rejected: 0 } });
    expect(report?.statistics?.records).toMatchObject({
      backers: { created: 1 },
      pledges: { created: 1, updated: 2 },
    });
    expect(tables.backers).toHaveLength(3);
    expect(tables.pledges).toMatchObject([
      { platform: 'backerkit', external_id: '8700003', backer: 'cyd@example.com' },
      {
        platform: 'kickstarter',
        external_id: '1',
        status: 'COLLECTED',
        currency: 'USD',
        extra: { Id: '8700001' },
      },
      { platform: 'kickstarter', external_id: '2', status: 'CANCELED' },
    ]);
    const committed = new Map(
      tables.inventory.map((row) => [Reflect.get(Object(row), 'key'), Reflect.get(Object(row), 'committed')]),
    );
    expect(Object.fromEntries(committed)).toMatchObject({ DLX: 1, TRAY: 3, '501': 0, '77': 0 });
  });

  it('is the same when the files come in the other order, except for cells in which the later file wins', async () => {
    const campaign = newCampaign();
    await importFile(campaign, backerkit);
    const { tables } = await importFile(campaign, kickstarter);
    expect(tables.backers).toHaveLength(3);
    expect(tables.pledges).toHaveLength(3);
    expect(tables.items).toContainEqual(
      expect.objectContaining({ pledge: 'kickstarter:1', key: '501', quantity: 1 }),
    );
  });
});

describe('a list of people', () => {
  it('writes backers and nothing else', async () => {
    const list = csv('Email,Invite URL,Tags', 'ada@example.com,https://example.com/x,vip', 'no address,,');
    const { report, tables } = await importFile(newCampaign(), list);
    expect(report).toMatchObject({ rows: { total: 2, imported: 1, rejected: 1 } });
    expect(report?.statistics?.records).toMatchObject({
      backers: { created: 1 },
      pledges: { created: 0, updated: 0, unchanged: 0 },
    });
    expect(tables).toMatchObject({ backers: [{ identity: 'ada@example.com' }], pledges: [], surveys: [] });
  });

  it('leaves the pledges of its people unchanged', async () => {
    const campaign = newCampaign();
    await importFile(campaign, csv('Order ID,Email,Total', '1,ada@example.com,5.00'));
    const { tables } = await importFile(campaign, csv('Email,Invite URL,Tags', 'Ada@Example.com,,vip'));
    expect(tables.backers).toHaveLength(1);
    expect(tables.pledges).toMatchObject([{ external_id: '1', backer: 'ada@example.com' }]);
  });
});
