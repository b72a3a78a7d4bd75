import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { createDatabase, type Database } from '../../client.js';
import { createApiKey } from '../../keys/api-keys.js';
import { cloneDatabase } from '../../test-support/template-database.js';

let db: Database;
let drop: () => Promise<void>;
let merchantId: string;

beforeAll(async () => {
  const clone = await cloneDatabase(inject('testPostgres'));
  db = createDatabase({ connectionString: clone.url, maxConnections: 2 });
  drop = clone.drop;
  ({ merchantId } = await createApiKey(db, 'Ada Games', 'test'));
});

afterAll(async () => {
  await db.close();
  await drop();
});

async function insertCampaign(): Promise<string> {
  const id = randomUUID();
  await db.prisma.campaign.create({ data: { id, merchantId, name: id } });
  return id;
}

/** Backers, each with a pledge and its survey, all with ids of their own. */
async function insertPledges(campaignId: string, backerCampaignId: string, count: number): Promise<void> {
  await db.pool.query(
    `WITH numbered AS (SELECT n, gen_random_uuid() AS backer, gen_random_uuid() AS pledge FROM generate_series(1, $3) AS n),
     backers AS (
       INSERT INTO backer (id, campaign_id, identity, upload_sequence, row_number, base_sequence)
       SELECT backer, $2::uuid, n, 1, n, 1 FROM numbered),
     pledges AS (
       INSERT INTO pledge (id, campaign_id, backer_id, platform, external_id, upload_sequence, row_number, base_sequence)
       SELECT pledge, $1::uuid, backer, 'generic', n, 1, n, 1 FROM numbered)
     INSERT INTO survey (pledge_id, campaign_id, answers, upload_sequence, row_number, base_sequence)
     SELECT pledge, $1::uuid, '[]', 1, n, 1 FROM numbered`,
    [campaignId, backerCampaignId, count],
  );
}

it('The database refuses a pledge whose backer is of another campaign', async () => {
  const [campaign, other] = [await insertCampaign(), await insertCampaign()];
  await expect(insertPledges(campaign, other, 1)).rejects.toMatchObject({
    code: '23503',
    constraint: 'pledge_campaign_id_backer_id_fkey',
  });
});

it('The database refuses a survey that is of another campaign than its pledge', async () => {
  const [campaign, other] = [await insertCampaign(), await insertCampaign()];
  await insertPledges(campaign, campaign, 1);
  await expect(
    db.pool.query('UPDATE survey SET campaign_id = $1 WHERE campaign_id = $2', [other, campaign]),
  ).rejects.toMatchObject({ code: '23503', constraint: 'survey_campaign_id_pledge_id_fkey' });
});

it('A campaign goes with its backers, pledges and surveys, by index for each of them', async () => {
  const [campaign, other] = [await insertCampaign(), await insertCampaign()];
  await insertPledges(other, other, 1);
  await insertPledges(campaign, campaign, 20_000);
  const client = await db.pool.connect();
  try {
    // Each backer's pledges without an index: 20,000 reads of the whole campaign, which take minutes.
    await client.query(`SET statement_timeout = '20s'`);
    await client.query('DELETE FROM campaign WHERE id = $1', [campaign]);
  } finally {
    await client.query('RESET statement_timeout');
    client.release();
  }
  const { rows } = await db.pool.query(
    `SELECT count(DISTINCT backer.id) AS backers, count(DISTINCT pledge.id) AS pledges, count(survey) AS surveys
     FROM backer FULL JOIN pledge ON pledge.backer_id = backer.id FULL JOIN survey ON survey.pledge_id = pledge.id
     WHERE coalesce(backer.campaign_id, pledge.campaign_id, survey.campaign_id) = ANY ($1)`,
    [[campaign, other]],
  );
  expect(rows).toEqual([{ backers: 1, pledges: 1, surveys: 1 }]);
});
