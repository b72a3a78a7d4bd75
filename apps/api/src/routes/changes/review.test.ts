import { claimChunk, findChunksToEnqueue, releaseChunk, verifyUpload } from '@pledgeline/db';
import { processChunk } from '@pledgeline/db/testing';
import { Upload } from 'tus-js-client';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readAccepted, readProblem } from '../../test-support/answers.js';
import { brokenOrder, inWords, ordersCsv, readChanges } from '../../test-support/change-orders.js';
import { startApi, type TestApi } from '../../test-support/start-api.js';
import { workThrough } from '../../test-support/work-through.js';

let api: TestApi;
let campaigns = 0;
const newCampaign = () => `Reviewed ${++campaigns}`;

beforeAll(async () => {
  api = await startApi(inject('testPostgres'), { config: { CHUNK_ROWS: 2 } });
});
afterAll(() => api.close());

const get = async (path: string) => (await api.send(path)).json();
const post = (id: string, move: string, key?: string) =>
  api.send(`/v1/uploads/${id}/${move}`, { method: 'POST' }, key);
const changesOf = async (id: string, query = '') =>
  readChanges(await api.send(`/v1/uploads/${id}/changes?${query}`));

/** Sends a file, and lets it be imported, or compared with `review=true`. */
async function send(campaign: string, csv: string, query = '') {
  const accepted = await readAccepted(
    await api.upload(csv, `campaign=${encodeURIComponent(campaign)}&${query}`),
  );
  await workThrough(api, accepted.id);
  return accepted;
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

/** Sends a part of its rows that cannot be processed, however often it is tried. */
async function failChunk(id: string, reason: string): Promise<void> {
  const [chunkId = ''] = (await findChunksToEnqueue(api.database, id)) ?? [];
  const chunk = await claimChunk(api.database, chunkId, { leaseMs: 60_000 });
  if (chunk === null) throw new Error(`The chunk ${chunkId} could not be claimed`);
  await releaseChunk(api.database, chunk, { reason, maxAttempts: 1 });
}

const none = { created: 0, changed: 0, unchanged: 0, removed: 0, missing: 0 };
const changed = ordersCsv(
  1,
  { number: 2, city: 'Oslo', total: '12.50' },
  { number: 4, quantity: 3 },
  brokenOrder,
);

describe('A file that is sent with review=true', () => {
  it('waits with every kind of change, and with totals, and writes no record', async () => {
    const campaign = newCampaign();
    await send(campaign, ordersCsv(1, 2, 3));
    const { id } = await send(campaign, changed, 'review=true');
    expect(await get(`/v1/uploads/${id}`)).toMatchObject({
      status: 'NEEDS_REVIEW',
      review: true,
      rows: { total: 4, imported: 3, rejected: 1 },
      statistics: null,
      finishedAt: null,
    });
    expect(await pledgesIn(campaign)).toEqual(['1 Rome', '2 Rome', '3 Rome']);
    const lamp = { productId: expect.any(String), quantity: 3, unitPrice: null };
    const anyId = expect.any(String);
    const created = (field: string, after: unknown) => ({ field, part: null, before: null, after });
    const backer = {
      type: 'backer',
      id: anyId,
      kind: 'created',
      name: 'P4',
      fields: [created('email', 'b4@example.com'), created('name', 'P4')],
    };
    const unchanged = (type: string, name: string) => ({
      type,
      id: anyId,
      kind: 'unchanged',
      name,
      fields: [],
    });
    const { changes, ...answer } = await changesOf(id, 'kind=created,changed,unchanged,removed,missing');
    expect(answer).toEqual({
      next: null,
      previous: null,
      status: 'NEEDS_REVIEW',
      draft: { kind: 'REVIEW', status: 'READY', outdated: false, percent: 100, error: null },
      totals: {
        rows: { total: 4, imported: 3, rejected: 1, leftOut: 0 },
        records: {
          backer: { ...none, created: 1, unchanged: 2 },
          product: { ...none, unchanged: 1 },
          pledge: { ...none, created: 1, changed: 1, unchanged: 1, missing: 1 },
          survey: none,
        },
        campaign: {
          pledges: { before: 3, after: 4 },
          people: { before: 3, after: 4 },
          money: [
            {
              currency: 'EUR',
              status: 'COLLECTED',
              pledges: { before: 3, after: 4 },
              amount: { before: '30.00', after: '42.50' },
            },
          ],
          units: [{ productId: anyId, kind: 'ITEM', key: 'Lamp', name: 'Lamp', before: 3, after: 6 }],
          changedProducts: 1,
        },
      },
    });
    expect(changes).toHaveLength(8);
    expect(changes).toEqual(
      expect.arrayContaining([
        backer,
        { ...unchanged('product', 'Lamp') },
        {
          type: 'pledge',
          id: anyId,
          kind: 'changed',
          name: '2',
          fields: [
            { field: 'amount', part: null, before: '10.00', after: '12.50' },
            { field: 'shippingCity', part: null, before: 'Rome', after: 'Oslo' },
          ],
        },
        {
          type: 'pledge',
          id: anyId,
          kind: 'created',
          name: '4',
          fields: expect.arrayContaining([
            created('status', 'COLLECTED'),
            created('amount', '10.00'),
            created('items', [lamp]),
          ]),
        },
        { type: 'pledge', id: anyId, kind: 'missing', name: '3', fields: [] },
      ]),
    );
    await expectVerified(id);
  });

  it('may say so in its form, in the metadata of a file in parts, and with its mapping', async () => {
    const csv = ordersCsv(1);
    const form = new FormData();
    form.set('campaign', newCampaign());
    form.set('review', 'true');
    form.set('file', new Blob([csv]), 'orders.csv');
    const ofForm = await readAccepted(await api.send('/v1/uploads', { method: 'POST', body: form }));
    const ofParts = await sendParts(csv, { campaign: newCampaign(), review: 'true' });
    const unknown = await send(newCampaign(), 'Bestellung,Wer,Post\nL-1,Ada,ada@example.com\n');
    expect((await readProblem(await api.send(`/v1/uploads/${unknown.id}/changes`))).code).toBe(
      'upload_not_done',
    );
    const columns = ['externalId', 'backerName', 'email'].map((as, position) => ({ position, as }));
    await api.send(`/v1/uploads/${unknown.id}/mapping`, {
      method: 'PUT',
      body: JSON.stringify({ columns, review: true }),
    });
    for (const id of [ofForm.id, ofParts, unknown.id]) {
      await workThrough(api, id);
      expect(await get(`/v1/uploads/${id}`)).toMatchObject({ status: 'NEEDS_REVIEW', review: true });
      expect(inWords(await changesOf(id, 'type=pledge'))).toHaveLength(1);
    }
    const refused = await api.upload(csv, 'campaign=Form&review=yes');
    expect(await readProblem(refused)).toMatchObject({ status: 400, code: 'invalid_request' });
  });

  it('can be looked at while its rows are compared, and its rejects are there when it waits', async () => {
    const campaign = newCampaign();
    const { id } = await readAccepted(
      await api.upload(changed, `campaign=${encodeURIComponent(campaign)}&review=true`),
    );
    expect((await readProblem(await api.send(`/v1/uploads/${id}/rejected.csv`))).code).toBe(
      'upload_not_done',
    );
    const [first = ''] = (await findChunksToEnqueue(api.database, id)) ?? [];
    await processChunk(api.database, first);
    expect(await changesOf(id)).toEqual({
      changes: [],
      next: null,
      previous: null,
      status: 'PROCESSING',
      draft: { kind: 'REVIEW', status: 'BUILDING', outdated: false, percent: 50, error: null },
      totals: null,
    });
    await workThrough(api, id);
    const rejected = await (await api.send(`/v1/uploads/${id}/rejected.csv`)).text();
    expect(rejected.split('\n')[1]).toContain('b9@example.com');
    expect(await get(`/v1/uploads/${id}/issues?severity=error`)).toMatchObject({
      issues: [{ row: 4, column: 'Total' }],
    });
    expect(await get(`/v1/notifications?upload=${id}`)).toMatchObject({
      notifications: [{ type: 'upload.needs_review' }],
    });
  });
});

describe('GET /v1/uploads/:id/changes', () => {
  it('leads page by page through the list, and back', async () => {
    const campaign = newCampaign();
    const { id } = await send(campaign, ordersCsv(1, 2, 3), 'review=true');
    const { changes: all } = await changesOf(id);
    expect(all.map(({ type }) => type)).toEqual([
      'backer',
      'backer',
      'backer',
      'product',
      'pledge',
      'pledge',
      'pledge',
    ]);
    const first = await changesOf(id, 'limit=3');
    const second = await changesOf(id, `limit=3&cursor=${first.next}`);
    const third = await changesOf(id, `limit=3&cursor=${second.next}`);
    expect([...first.changes, ...second.changes, ...third.changes]).toEqual(all);
    expect([first.previous, third.next]).toEqual([null, null]);
    const back = await changesOf(id, `limit=3&cursor=${third.previous}`);
    expect(back.changes).toEqual(second.changes);
    expect((await changesOf(id, `limit=3&cursor=${back.previous}`)).changes).toEqual(first.changes);
  });

  it('lists changes of some kinds, types and fields alone', async () => {
    const campaign = newCampaign();
    await send(campaign, ordersCsv(1, 2, 3));
    const { id } = await send(
      campaign,
      ordersCsv({ number: 1, city: 'Oslo' }, { number: 2, total: '11.00', name: 'Bo' }, 4),
      'review=true',
    );
    const words = async (query: string) => inWords(await changesOf(id, query));
    expect(await words('field=address&kind=changed')).toEqual(['changed pledge 1 shippingCity Rome → Oslo']);
    expect(await words('field=amount,name&kind=changed')).toEqual([
      'changed backer Bo name P2 → Bo',
      'changed pledge 2 amount 10.00 → 11.00',
    ]);
    expect(await words('field=address&kind=created')).toEqual(['created pledge 4']);
    expect(await words('field=email')).toEqual(['created backer P4']);
    expect(await words('field=notes')).toEqual([]);
    expect(await words('kind=created&type=pledge')).toEqual(['created pledge 4']);
    expect(await words('kind=missing')).toEqual(['missing pledge 3']);
    expect(await words('kind=unchanged&type=product')).toEqual(['unchanged product Lamp']);
    for (const query of ['kind=gone', 'type=order', 'field=colour', 'cursor=x']) {
      const refused = await api.send(`/v1/uploads/${id}/changes?${query}`);
      expect((await readProblem(refused)).code, query).toBe('invalid_request');
    }
  });
});

describe('A review', () => {
  it('is imported as it was shown when it is applied, and the changes stay to be seen', async () => {
    const campaign = newCampaign();
    await send(campaign, ordersCsv(1, 2, 3));
    const { id } = await send(campaign, changed, 'review=true');
    const shown = inWords(await changesOf(id));
    const applied = await post(id, 'apply');
    expect(applied.status).toBe(202);
    expect(await applied.json()).toMatchObject({ id, status: 'PROCESSING', review: false });
    await workThrough(api, id);
    expect(await get(`/v1/uploads/${id}`)).toMatchObject({ status: 'COMPLETED', review: false });
    expect(await pledgesIn(campaign)).toEqual(['1 Rome', '2 Oslo', '3 Rome', '4 Rome']);
    const after = await changesOf(id);
    expect(inWords(after)).toEqual(shown);
    expect(after).toMatchObject({
      status: 'COMPLETED',
      draft: { kind: 'REVIEW', status: 'DONE', outdated: false, percent: 100, error: null },
    });
    expect((await readProblem(await post(id, 'apply'))).code).toBe('illegal_move');
    await expectVerified(id);
  });

  it('is made anew when the campaign has changed since, and says so', async () => {
    const campaign = newCampaign();
    await send(campaign, ordersCsv(1));
    const { id } = await send(campaign, ordersCsv({ number: 1, city: 'Oslo' }), 'review=true');
    await send(campaign, ordersCsv({ number: 1, city: 'Bonn' }));
    expect(await changesOf(id)).toMatchObject({ draft: { status: 'READY', outdated: true } });
    expect(await readProblem(await post(id, 'apply'))).toMatchObject({
      status: 409,
      code: 'review_outdated',
      detail: expect.stringContaining('made anew'),
    });
    expect(await get(`/v1/uploads/${id}`)).toMatchObject({ status: 'PROCESSING', review: true });
    await workThrough(api, id);
    // It is older than the file that came in between, and loses to it.
    expect(await changesOf(id)).toMatchObject({ changes: [], draft: { status: 'READY', outdated: false } });
    expect((await post(id, 'apply')).status).toBe(202);
    await workThrough(api, id);
    expect(await pledgesIn(campaign)).toEqual(['1 Bonn']);
    await expectVerified(id);
  });

  it('waits while another upload is imported or taken back', async () => {
    const campaign = newCampaign();
    const first = await send(campaign, ordersCsv(1));
    const { id } = await send(campaign, ordersCsv(2), 'review=true');
    const other = await readAccepted(
      await api.upload(ordersCsv(3), `campaign=${encodeURIComponent(campaign)}`),
    );
    expect(await readProblem(await post(id, 'apply'))).toMatchObject({
      status: 409,
      code: 'illegal_move',
      detail: expect.stringContaining(other.id),
    });
    await workThrough(api, other.id);
    await post(first.id, 'undo');
    expect(await readProblem(await post(id, 'apply'))).toMatchObject({
      status: 409,
      code: 'campaign_held',
      detail: expect.stringContaining(first.id),
    });
  });

  it.each(['discard', 'cancel'])('leaves nothing behind after %s', async (move) => {
    const campaign = newCampaign();
    await send(campaign, ordersCsv(1, 2));
    const { id } = await send(campaign, changed, 'review=true');
    const ended = await post(id, move);
    expect(ended.status).toBe(200);
    expect(await ended.json()).toMatchObject({
      status: 'CANCELED',
      rows: { total: 4, imported: 0, rejected: 0, open: 4 },
    });
    expect(await pledgesIn(campaign)).toEqual(['1 Rome', '2 Rome']);
    expect((await readProblem(await post(id, 'apply'))).code).toBe('illegal_move');
    expect((await readProblem(await post(id, 'undo'))).code).toBe('illegal_move');
    await expectVerified(id);
    expect((await api.send(`/v1/uploads/${id}`, { method: 'DELETE' })).status).toBe(204);
  });

  it('that is canceled while its rows are compared has imported nothing, and says so', async () => {
    const campaign = newCampaign();
    const { id } = await readAccepted(
      await api.upload(changed, `campaign=${encodeURIComponent(campaign)}&review=true`),
    );
    const [first = ''] = (await findChunksToEnqueue(api.database, id)) ?? [];
    await processChunk(api.database, first);
    expect(await (await post(id, 'cancel')).json()).toMatchObject({
      status: 'CANCELED',
      rows: { imported: 0, open: 4 },
    });
    expect(await get(`/v1/notifications?upload=${id}`)).toMatchObject({
      notifications: [{ type: 'upload.canceled', rows: { imported: 0 } }],
    });
    expect((await readProblem(await post(id, 'undo'))).code).toBe('illegal_move');
    await expectVerified(id);
  });

  it('that has failed is retried, and goes on where it was', async () => {
    const campaign = newCampaign();
    await send(campaign, ordersCsv(1, 2));
    const { id } = await readAccepted(
      await api.upload(changed, `campaign=${encodeURIComponent(campaign)}&review=true`),
    );
    await failChunk(id, 'The machine is broken');
    await workThrough(api, id);
    expect(await get(`/v1/uploads/${id}`)).toMatchObject({ status: 'FAILED', review: true });
    expect(await changesOf(id)).toMatchObject({ changes: [], draft: { status: 'FAILED' }, totals: null });
    for (const move of ['undo', 'remap']) {
      const body = move === 'remap' ? { body: '{}' } : {};
      const refused = await api.send(`/v1/uploads/${id}/${move}`, { method: 'POST', ...body });
      expect((await readProblem(refused)).code, move).toBe('illegal_move');
    }
    await expectVerified(id);
    expect((await post(id, 'retry')).status).toBe(202);
    expect(await changesOf(id)).toMatchObject({ draft: { status: 'BUILDING' } });
    await workThrough(api, id);
    expect(inWords(await changesOf(id, 'kind=changed'))).toEqual([
      'changed pledge 2 amount 10.00 → 12.50',
      'changed pledge 2 shippingCity Rome → Oslo',
    ]);
    await post(id, 'apply');
    await workThrough(api, id);
    expect(await pledgesIn(campaign)).toEqual(['1 Rome', '2 Oslo', '4 Rome']);
    await expectVerified(id);
  });

  it('is renamed, but neither moved nor deleted, while it waits', async () => {
    const { id } = await send(newCampaign(), ordersCsv(1), 'review=true');
    const change = (body: object) =>
      api.send(`/v1/uploads/${id}`, { method: 'PATCH', body: JSON.stringify(body) });
    expect(await (await change({ filename: 'new.csv' })).json()).toMatchObject({
      filename: 'new.csv',
      status: 'NEEDS_REVIEW',
    });
    expect(await readProblem(await change({ campaign: newCampaign() }))).toMatchObject({
      status: 409,
      code: 'illegal_move',
    });
    expect(await readProblem(await api.send(`/v1/uploads/${id}`, { method: 'DELETE' }))).toMatchObject({
      status: 409,
      detail: expect.stringContaining('Cancel it first'),
    });
  });

  it('is the answer to the same file for another review, and not for who wants it imported', async () => {
    const campaign = newCampaign();
    const query = `campaign=${encodeURIComponent(campaign)}&force=`;
    const { id } = await send(campaign, ordersCsv(1), 'force=&review=true');
    const again = await api.upload(ordersCsv(1), `${query}&review=true`);
    expect(again.status).toBe(200);
    expect(await again.json()).toMatchObject({ id, duplicateOf: id, status: 'NEEDS_REVIEW' });
    const imported = await api.upload(ordersCsv(1), query);
    expect(imported.status).toBe(202);
    const direct = await readAccepted(imported);
    expect(direct.id).not.toBe(id);
    await workThrough(api, direct.id);
    expect(await pledgesIn(campaign)).toEqual(['1 Rome']);
  });

  it('of another merchant is not there', async () => {
    const { id } = await send(newCampaign(), ordersCsv(1), 'review=true');
    const read = await api.send(`/v1/uploads/${id}/changes`, {}, api.otherKey);
    expect((await readProblem(read)).code).toBe('upload_not_found');
    for (const move of ['apply', 'discard', 'undo', 'redo']) {
      expect((await readProblem(await post(id, move, api.otherKey))).code, move).toBe('upload_not_found');
    }
    expect(await get(`/v1/uploads/${id}`)).toMatchObject({ status: 'NEEDS_REVIEW' });
  });
});

describe('The review of a complete file', () => {
  it('shows which pledges it makes GONE, and applying it does that', async () => {
    const campaign = newCampaign();
    await send(campaign, ordersCsv(1, 2));
    const { id } = await send(campaign, ordersCsv(2), 'review=true&complete=true');
    const { changes, ...answer } = await changesOf(id);
    expect(changes).toEqual([
      {
        type: 'pledge',
        id: expect.any(String),
        kind: 'missing',
        name: '1',
        fields: [{ field: 'status', part: null, before: 'COLLECTED', after: 'GONE' }],
      },
    ]);
    expect(answer).toMatchObject({
      totals: {
        campaign: {
          money: [
            {
              status: 'COLLECTED',
              pledges: { before: 2, after: 1 },
              amount: { before: '20.00', after: '10.00' },
            },
            { status: 'GONE', pledges: { before: 0, after: 1 }, amount: { before: '0.00', after: '10.00' } },
          ],
          units: [{ name: 'Lamp', before: 2, after: 1 }],
        },
      },
    });
    expect((await changesOf(id, 'field=status')).changes).toEqual(changes);
    await post(id, 'apply');
    await workThrough(api, id);
    expect(await get(`/v1/pledges?campaign=${encodeURIComponent(campaign)}&status=GONE`)).toMatchObject({
      pledges: [{ externalId: '1', status: 'GONE' }],
    });
    await expectVerified(id);
    const back = await send(campaign, ordersCsv(1), 'review=true');
    expect(inWords(await changesOf(back.id, 'type=pledge&kind=changed'))).toEqual([
      'changed pledge 1 status GONE → COLLECTED',
    ]);
    expect(await changesOf(back.id)).toMatchObject({
      totals: { campaign: { units: [{ name: 'Lamp', before: 1, after: 2 }] } },
    });
  });

  it('marks nothing when rows do not say which pledge they are', async () => {
    const campaign = newCampaign();
    await send(campaign, ordersCsv(1, 2));
    const { id } = await send(
      campaign,
      ordersCsv(2, { number: '', total: 'much' }),
      'review=true&complete=true',
    );
    expect((await changesOf(id, 'kind=missing')).changes).toMatchObject([{ name: '1', fields: [] }]);
    await post(id, 'apply');
    await workThrough(api, id);
    expect(await get(`/v1/uploads/${id}`)).toMatchObject({
      statistics: { upload: { gone: { marked: 0, notMarked: 'unnamed_rows' } } },
    });
  });
});

/** Sends a file in parts; resolves with the id of the upload that it becomes. */
function sendParts(content: string, metadata: Readonly<Record<string, string>>): Promise<string> {
  let uploadId = '';
  return new Promise((resolve, reject) => {
    new Upload(Buffer.from(content), {
      endpoint: `${api.url}/v1/resumable-files`,
      headers: { authorization: `Bearer ${api.key}` },
      metadata,
      onAfterResponse: (_request, response) => {
        uploadId = response.getHeader('Pledgeline-Upload') ?? uploadId;
      },
      onSuccess: () => resolve(uploadId),
      onError: reject,
    }).start();
  });
}
