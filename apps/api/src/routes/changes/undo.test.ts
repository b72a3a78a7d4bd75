import { verifyUpload } from '@pledgeline/db';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readAccepted, readProblem } from '../../test-support/answers.js';
import { inWords, ordersCsv, readChanges } from '../../test-support/change-orders.js';
import { startApi, type TestApi } from '../../test-support/start-api.js';
import { workThrough } from '../../test-support/work-through.js';

let api: TestApi;
let campaigns = 0;
const newCampaign = () => `Undone ${++campaigns}`;

beforeAll(async () => {
  api = await startApi(inject('testPostgres'), { config: { CHUNK_ROWS: 2 } });
});
afterAll(() => api.close());

const get = async (path: string) => (await api.send(path)).json();
const post = (id: string, move: string, key?: string) =>
  api.send(`/v1/uploads/${id}/${move}`, { method: 'POST' }, key);
const changesOf = async (id: string, query = '') =>
  readChanges(await api.send(`/v1/uploads/${id}/changes?${query}`));

async function send(campaign: string, csv: string, query = '') {
  const accepted = await readAccepted(
    await api.upload(csv, `campaign=${encodeURIComponent(campaign)}&${query}`),
  );
  await workThrough(api, accepted.id);
  return accepted;
}

/** Two files of one campaign; the second changes an order, and has a new one. */
async function sendTwo() {
  const campaign = newCampaign();
  const first = await send(campaign, ordersCsv(1, 2));
  const second = await send(campaign, ordersCsv({ number: 2, city: 'Oslo' }, 3));
  return { campaign, first, second };
}

async function pledgesIn(campaign: string): Promise<readonly string[]> {
  const { rows } = await api.database.pool.query<{ pledge: string }>(
    `SELECT p.external_id || ' ' || p.shipping_city AS pledge FROM pledge p JOIN campaign c ON c.id = p.campaign_id
     WHERE c.name = $1 ORDER BY 1`,
    [campaign],
  );
  return rows.map(({ pledge }) => pledge);
}

async function expectVerified(id: string): Promise<void> {
  const checks = await verifyUpload(api.database, id);
  expect(checks?.filter(({ holds }) => !holds)).toEqual([]);
}

describe('POST /v1/uploads/:id/undo', () => {
  it('takes an upload back, and redo brings it back', async () => {
    const { campaign, second } = await sendTwo();
    const undone = await post(second.id, 'undo');
    expect(undone.status).toBe(202);
    expect(await undone.json()).toMatchObject({
      id: second.id,
      status: 'UNDOING',
      statistics: expect.anything(),
    });
    expect(await get(`/v1/uploads/${second.id}/changes`)).toMatchObject({
      changes: [],
      status: 'UNDOING',
      draft: { kind: 'UNDO', status: 'BUILDING', percent: 0, error: null },
    });
    await workThrough(api, second.id);
    expect(await get(`/v1/uploads/${second.id}`)).toMatchObject({ status: 'UNDONE', statistics: null });
    expect(await pledgesIn(campaign)).toEqual(['1 Rome', '2 Rome']);
    expect(await get(`/v1/inventory?campaign=${encodeURIComponent(campaign)}`)).toMatchObject({
      inventory: [{ committed: 2 }],
    });
    expect(await get(`/v1/notifications?upload=${second.id}&limit=1`)).toMatchObject({
      notifications: [{ type: 'upload.undone' }],
    });
    expect(await readProblem(await api.send(`/v1/uploads/${second.id}/changes`))).toMatchObject({
      code: 'upload_not_done',
      detail: expect.stringContaining('redo'),
    });
    await expectVerified(second.id);
    const redone = await post(second.id, 'redo');
    expect(redone.status).toBe(202);
    expect(await redone.json()).toMatchObject({ status: 'PROCESSING' });
    await workThrough(api, second.id);
    expect(await get(`/v1/uploads/${second.id}`)).toMatchObject({ status: 'COMPLETED' });
    expect(await pledgesIn(campaign)).toEqual(['1 Rome', '2 Oslo', '3 Rome']);
    await expectVerified(second.id);
  });

  it('is refused with a reason where it cannot be, and so is redo', async () => {
    const { campaign, first, second } = await sendTwo();
    const waiting = await readAccepted(
      await api.upload(ordersCsv(5), `campaign=${encodeURIComponent(campaign)}`),
    );
    expect(await readProblem(await post(waiting.id, 'undo'))).toMatchObject({
      status: 409,
      code: 'illegal_move',
      detail: expect.stringContaining('Cancel it first'),
    });
    expect((await readProblem(await post(first.id, 'redo'))).code).toBe('illegal_move');
    await post(second.id, 'undo');
    expect((await readProblem(await post(second.id, 'undo'))).code).toBe('illegal_move');
    const held = { status: 409, code: 'campaign_held', detail: expect.stringContaining(second.id) };
    expect(await readProblem(await post(first.id, 'undo'))).toMatchObject(held);
    expect(await readProblem(await post(waiting.id, 'cancel'))).toMatchObject(held);
    const deletion = await api.send(`/v1/uploads/${first.id}`, { method: 'DELETE' });
    expect(await readProblem(deletion)).toMatchObject(held);
    const address = `/v1/campaigns/${first.campaignId}`;
    const { headers } = await api.send(address);
    const match = { 'if-match': headers.get('etag') ?? '' };
    expect(await readProblem(await api.send(address, { method: 'DELETE', headers: match }))).toMatchObject(
      held,
    );
    const other = await send(newCampaign(), ordersCsv(1));
    const body = JSON.stringify({ into: other.campaignId });
    expect(await readProblem(await api.send(`${address}/merge`, { method: 'POST', body }))).toMatchObject(
      held,
    );
    await workThrough(api, second.id);
    expect((await api.send(`/v1/uploads/${first.id}`, { method: 'DELETE' })).status).toBe(204);
  });

  it('is refused when rows are gone that would be needed, and so is the list of changes', async () => {
    const { first, second } = await sendTwo();
    await api.send(`/v1/uploads/${first.id}`, { method: 'DELETE' });
    const purged = { status: 409, code: 'rows_purged', detail: expect.stringContaining('was deleted') };
    expect(await readProblem(await post(second.id, 'undo'))).toMatchObject(purged);
    expect(await readProblem(await api.send(`/v1/uploads/${second.id}/changes`))).toMatchObject(purged);
    const remap = await api.send(`/v1/uploads/${second.id}/remap`, { method: 'POST', body: '{}' });
    expect(await readProblem(remap)).toMatchObject(purged);
  });

  it('does not find the upload of another merchant', async () => {
    const { second } = await sendTwo();
    for (const move of ['undo', 'redo']) {
      expect((await readProblem(await post(second.id, move, api.otherKey))).code).toBe('upload_not_found');
    }
    expect(await get(`/v1/uploads/${second.id}`)).toMatchObject({ status: 'COMPLETED' });
  });
});

describe('The changes of an upload that was not reviewed', () => {
  it('are worked out from its kept rows when they are asked for', async () => {
    const { campaign, second } = await sendTwo();
    await send(campaign, ordersCsv({ number: 2, city: 'Bonn' }));
    expect(await changesOf(second.id)).toEqual({
      changes: [],
      next: null,
      previous: null,
      status: 'COMPLETED',
      draft: { kind: 'HISTORY', status: 'BUILDING', outdated: false, percent: 0, error: null },
      totals: null,
    });
    await workThrough(api, second.id);
    const found = await changesOf(second.id);
    expect(inWords(found)).toEqual([
      'changed pledge 2 shippingCity Rome → Oslo',
      'created backer P3',
      'created pledge 3',
    ]);
    expect(found).toMatchObject({
      status: 'COMPLETED',
      draft: { kind: 'HISTORY', status: 'READY', outdated: false, percent: 100, error: null },
      totals: {
        rows: { total: 2, imported: 2, rejected: 0, leftOut: 0 },
        records: { pledge: { created: 1, changed: 1, unchanged: 0, removed: 0, missing: 0 } },
        campaign: null,
      },
    });
    expect(inWords(await changesOf(second.id, 'kind=unchanged'))).toEqual([
      'unchanged backer P2',
      'unchanged product Lamp',
    ]);
  });

  it('are worked out again after the campaign has changed', async () => {
    const { first, second } = await sendTwo();
    await changesOf(second.id);
    await workThrough(api, second.id);
    await post(first.id, 'undo');
    await workThrough(api, first.id);
    expect(await changesOf(second.id)).toMatchObject({ changes: [], draft: { status: 'BUILDING' } });
    await workThrough(api, second.id);
    expect(inWords(await changesOf(second.id, 'type=pledge'))).toEqual([
      'created pledge 2',
      'created pledge 3',
    ]);
  });

  it('are those of the answers of a survey, by the question, and it is called like its pledge', async () => {
    const campaign = newCampaign();
    const survey = (colour: string) =>
      `Backer Number,Backer UID,Email,Pledge Amount,Pledged Status,What colour?\n1,7,a@example.com,€1.00,collected,${colour}\n`;
    await send(campaign, survey('red'));
    const { id } = await send(campaign, survey('blue'), 'review=true');
    expect((await changesOf(id, 'type=survey')).changes).toEqual([
      {
        type: 'survey',
        id: expect.any(String),
        kind: 'changed',
        name: '1',
        fields: [{ field: 'answers', part: 'What colour?', before: 'red', after: 'blue' }],
      },
    ]);
  });
});
