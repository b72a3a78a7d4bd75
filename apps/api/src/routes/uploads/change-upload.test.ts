import { verifyUpload } from '@pledgeline/db';
import { processUpload } from '@pledgeline/db/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readAccepted, readProblem } from '../../test-support/answers.js';
import { dumpTables } from '../../test-support/dump-tables.js';
import { kickstarterCsv, startApi, type TestApi } from '../../test-support/start-api.js';

let api: TestApi;
let campaigns = 0;
const newCampaign = () => `Change ${++campaigns}`;

beforeAll(async () => {
  api = await startApi(inject('testPostgres'));
});
afterAll(() => api.close());

const send = async (campaign: string, csv = kickstarterCsv) =>
  readAccepted(await api.upload(csv, `campaign=${encodeURIComponent(campaign)}`));
const change = (id: string, body: object) =>
  api.send(`/v1/uploads/${id}`, { method: 'PATCH', body: JSON.stringify(body) });
const remove = (id: string) => api.send(`/v1/uploads/${id}`, { method: 'DELETE' });

/** The names of the backers of a campaign, with the sequence of the upload that wrote each. */
async function backersIn(campaign: string) {
  const { rows } = await api.database.pool.query<{ name: string; sequence: number }>(
    `SELECT b.name, upload_sequence AS sequence FROM backer b JOIN campaign c ON c.id = b.campaign_id
     WHERE c.name = $1 ORDER BY b.name`,
    [campaign],
  );
  return rows;
}

async function expectVerified(id: string): Promise<void> {
  const checks = await verifyUpload(api.database, id);
  expect(checks?.filter(({ holds }) => !holds)).toEqual([]);
}

describe('PATCH /v1/uploads/:id', () => {
  it.each([
    ['waits for a worker', kickstarterCsv, 'PENDING'],
    ['waits for a mapping', 'Colour,Shape\nred,round\n', 'NEEDS_MAPPING'],
  ])('renames an upload that %s, and moves it to a new campaign', async (_what, csv, status) => {
    const { id } = await send(newCampaign(), csv);
    const campaign = newCampaign();
    const answer = await change(id, { filename: 'new.csv', campaign });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ id, campaign, filename: 'new.csv', status });
    await expectVerified(id);
  });

  it('imports a moved upload into the campaign that it was moved to, over what was there', async () => {
    const [from, to] = [newCampaign(), newCampaign()];
    const other = await send(to, kickstarterCsv.replace('Grace', 'Before'));
    await processUpload(api.database, other.id);
    const { id } = await send(from);
    expect((await change(id, { campaign: other.campaignId })).status).toBe(200);
    await processUpload(api.database, id);
    expect(await backersIn(from)).toEqual([]);
    expect(await backersIn(to)).toMatchObject([{ name: 'Alan' }, { name: 'Grace', sequence: 2 }]);
    await expectVerified(id);
  });

  it('moves nothing whose import has begun, and says what to do; but renames it', async () => {
    const campaign = newCampaign();
    const { id } = await send(campaign);
    await processUpload(api.database, id);
    const target = newCampaign();
    const refused = await change(id, { campaign: target, filename: 'x.csv' });
    expect(await readProblem(refused)).toMatchObject({
      status: 409,
      code: 'illegal_move',
      detail: expect.stringContaining('send the file to the other campaign'),
    });
    expect(await api.database.prisma.campaign.count({ where: { name: target } })).toBe(0);
    expect(await (await change(id, { campaign, filename: 'y.csv' })).json()).toMatchObject({
      filename: 'y.csv',
    });
    await expectVerified(id);
  });

  it('finds no campaign of another merchant', async () => {
    const url = '/v1/uploads?campaign=Bobs';
    const bobs = await api.send(url, { method: 'POST', body: kickstarterCsv }, api.otherKey);
    const { campaignId } = await readAccepted(bobs);
    const { id } = await send(newCampaign());
    expect(await readProblem(await change(id, { campaign: campaignId }))).toMatchObject({
      code: 'campaign_not_found',
    });
  });
});

describe('DELETE /v1/uploads/:id', () => {
  it('removes an upload with all that is its own; its records and the words about it stay', async () => {
    const campaign = newCampaign();
    const headers = { 'idempotency-key': 'deleted' };
    const query = `campaign=${encodeURIComponent(campaign)}`;
    const { id } = await readAccepted(await api.upload(kickstarterCsv, query, { headers }));
    await processUpload(api.database, id);
    const before = await backersIn(campaign);
    expect(before).toHaveLength(2);
    expect((await remove(id)).status).toBe(204);
    expect((await api.send(`/v1/uploads/${id}`)).status).toBe(404);
    expect((await remove(id)).status).toBe(404);
    expect(await backersIn(campaign)).toEqual(before);
    const { notification, ...tables } = await dumpTables(api.database);
    expect(
      Object.values(tables)
        .flat()
        .filter((row) => row.includes(id)),
    ).toEqual([]);
    expect(notification?.at(-1)).toContain('"upload_id": null');
    const feed = await (await api.send('/v1/notifications?limit=1')).json();
    expect(feed).toMatchObject({ notifications: [{ type: 'upload.completed', uploadId: null }] });
    // Key and content are free again, and what is sent now is newer.
    const again = await readAccepted(
      await api.upload(kickstarterCsv.replace('Grace', 'Later'), `${query}&force=`, { headers }),
    );
    await processUpload(api.database, again.id);
    expect(await backersIn(campaign)).toMatchObject([{ name: 'Alan' }, { name: 'Later', sequence: 2 }]);
    await expectVerified(again.id);
  });

  it('refuses an upload that has not ended, and says what to do', async () => {
    const { id } = await send(newCampaign());
    expect(await readProblem(await remove(id))).toMatchObject({
      status: 409,
      code: 'illegal_move',
      detail: expect.stringContaining('Cancel it first'),
    });
    await api.send(`/v1/uploads/${id}/cancel`, { method: 'POST' });
    expect((await remove(id)).status).toBe(204);
  });
});
