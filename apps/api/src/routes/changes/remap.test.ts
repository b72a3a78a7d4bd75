import { verifyUpload } from '@pledgeline/db';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { readAccepted, readProblem } from '../../test-support/answers.js';
import { inWords, readChanges } from '../../test-support/change-orders.js';
import { startApi, type TestApi } from '../../test-support/start-api.js';
import { workThrough } from '../../test-support/work-through.js';

let api: TestApi;
let campaigns = 0;
const newCampaign = () => `Remapped ${++campaigns}`;

beforeAll(async () => {
  api = await startApi(inject('testPostgres'), { config: { CHUNK_ROWS: 2 } });
});
afterAll(() => api.close());

const get = async (path: string) => (await api.send(path)).json();
const post = (id: string, move: string, body?: object, key?: string) =>
  api.send(`/v1/uploads/${id}/${move}`, { method: 'POST', ...(body && { body: JSON.stringify(body) }) }, key);
const changesOf = async (id: string, query = '') =>
  readChanges(await api.send(`/v1/uploads/${id}/changes?${query}`));

const csv = 'Nummer,Wer,Post,Alt\nL-1,Ada,ada@example.com,A-1\nL-2,Bo,bo@example.com,A-2\n';
const columnsOf = (...names: readonly string[]) => names.map((as, position) => ({ position, as }));
const wrong = columnsOf('externalId', 'backerName', 'email', 'kept');
const right = columnsOf('kept', 'backerName', 'email', 'externalId');

/** An upload whose columns were mapped wrongly. */
async function sendWrong(campaign = newCampaign()) {
  const query = `campaign=${encodeURIComponent(campaign)}`;
  const { id } = await readAccepted(await api.upload(csv, query));
  await api.send(`/v1/uploads/${id}/mapping`, { method: 'PUT', body: JSON.stringify({ columns: wrong }) });
  await workThrough(api, id);
  return { id, campaign };
}

async function pledgesIn(campaign: string): Promise<readonly string[]> {
  const { rows } = await api.database.pool.query<{ pledge: string }>(
    `SELECT external_id AS pledge FROM pledge p JOIN campaign c ON c.id = p.campaign_id WHERE c.name = $1 ORDER BY 1`,
    [campaign],
  );
  return rows.map(({ pledge }) => pledge);
}

async function expectVerified(id: string): Promise<void> {
  const checks = await verifyUpload(api.database, id);
  expect(checks?.filter(({ holds }) => !holds)).toEqual([]);
}

describe('POST /v1/uploads/:id/remap', () => {
  it('imports the kept rows with other columns', async () => {
    const { id, campaign } = await sendWrong();
    expect(await pledgesIn(campaign)).toEqual(['L-1', 'L-2']);
    const accepted = await post(id, 'remap', { columns: right });
    expect(accepted.status).toBe(202);
    expect(await accepted.json()).toMatchObject({ id, status: 'REMAPPING' });
    await workThrough(api, id);
    expect(await pledgesIn(campaign)).toEqual(['A-1', 'A-2']);
    expect(await get(`/v1/uploads/${id}`)).toMatchObject({
      status: 'COMPLETED',
      files: [{ columns: right }],
    });
    await expectVerified(id);
  });

  it('reads them again as this release does when nothing is said', async () => {
    const { id, campaign } = await sendWrong();
    expect((await post(id, 'remap', {})).status).toBe(202);
    await workThrough(api, id);
    expect(await pledgesIn(campaign)).toEqual(['L-1', 'L-2']);
    expect(await get(`/v1/uploads/${id}`)).toMatchObject({
      status: 'COMPLETED',
      files: [{ columns: wrong }],
    });
  });

  it('waits with review: true until it is applied', async () => {
    const { id, campaign } = await sendWrong();
    await post(id, 'remap', { columns: right, review: true });
    expect(await changesOf(id)).toMatchObject({
      changes: [],
      status: 'REMAPPING',
      draft: { kind: 'REMAP', status: 'BUILDING' },
      totals: null,
    });
    expect((await readProblem(await post(id, 'apply'))).code).toBe('illegal_move');
    await workThrough(api, id);
    const shown = await changesOf(id, 'type=pledge');
    expect(inWords(shown)).toEqual([
      'created pledge A-1',
      'created pledge A-2',
      'removed pledge L-1',
      'removed pledge L-2',
    ]);
    expect(shown.changes.find(({ name }) => name === 'L-1')?.fields).toContainEqual({
      field: 'extra',
      part: 'Alt',
      before: 'A-1',
      after: null,
    });
    expect(shown).toMatchObject({
      status: 'REMAPPING',
      draft: { kind: 'REMAP', status: 'READY', outdated: false, percent: 100, error: null },
      totals: { campaign: { pledges: { before: 2, after: 2 } } },
    });
    expect(await get(`/v1/uploads/${id}`)).toMatchObject({
      status: 'REMAPPING',
      draft: { kind: 'REMAP', status: 'READY', error: null },
      progress: { phase: 'waiting' },
    });
    expect(await pledgesIn(campaign)).toEqual(['L-1', 'L-2']);
    expect((await post(id, 'apply')).status).toBe(202);
    await workThrough(api, id);
    expect(await pledgesIn(campaign)).toEqual(['A-1', 'A-2']);
    await expectVerified(id);
  });

  it('is given up with discard', async () => {
    const { id, campaign } = await sendWrong();
    await post(id, 'remap', { columns: right, review: true });
    await workThrough(api, id);
    expect(await (await post(id, 'discard')).json()).toMatchObject({ status: 'COMPLETED' });
    expect(await pledgesIn(campaign)).toEqual(['L-1', 'L-2']);
    expect((await readProblem(await post(id, 'discard'))).code).toBe('illegal_move');
    await expectVerified(id);
  });

  it('is worked out again at once when the campaign has changed since', async () => {
    const { id, campaign } = await sendWrong();
    await post(id, 'remap', { columns: right, review: true });
    await workThrough(api, id);
    await sendWrong(campaign);
    const enqueued = vi.spyOn(api.producer, 'enqueueDrafts');
    expect(await readProblem(await post(id, 'apply'))).toMatchObject({
      status: 409,
      code: 'review_outdated',
    });
    expect(enqueued).toHaveBeenCalledOnce();
    enqueued.mockRestore();
    expect(await changesOf(id)).toMatchObject({ changes: [], draft: { status: 'BUILDING' } });
    await workThrough(api, id);
    expect((await post(id, 'apply')).status).toBe(202);
    await workThrough(api, id);
    expect(await pledgesIn(campaign)).toEqual(['A-1', 'A-2', 'L-1', 'L-2']);
  });

  it('is refused when the upload has not ended, a file is left out, or nothing is known of its columns', async () => {
    const { id } = await sendWrong();
    const refused = async (body: object) => readProblem(await post(id, 'remap', body));
    expect(await refused({ files: [{ file: 0, skip: 'no' }] })).toMatchObject({ code: 'invalid_request' });
    expect(await refused({ columns: columnsOf('backerName') })).toMatchObject({ code: 'mapping_incomplete' });
    expect(await refused({ columns: right, colour: 1 })).toMatchObject({ code: 'invalid_request' });
    expect((await readProblem(await post(id, 'remap', { columns: right }, api.otherKey))).code).toBe(
      'upload_not_found',
    );
    expect(await get(`/v1/uploads/${id}`)).toMatchObject({ status: 'COMPLETED' });
    const waiting = await readAccepted(
      await api.upload(csv, `campaign=${encodeURIComponent(newCampaign())}`),
    );
    expect((await readProblem(await post(waiting.id, 'remap', { columns: right }))).code).toBe(
      'illegal_move',
    );
  });
});
