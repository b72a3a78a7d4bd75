import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { verifyUpload } from '@pledgeline/db';
import { processUpload } from '@pledgeline/db/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { readAccepted, readProblem } from '../test-support/answers.js';
import { dumpTables } from '../test-support/dump-tables.js';
import { kickstarterCsv, startApi, type TestApi } from '../test-support/start-api.js';

let api: TestApi;
let campaigns = 0;
const newCampaign = () => `Campaign ${++campaigns}`;

beforeAll(async () => {
  api = await startApi(inject('testPostgres'));
});
afterAll(() => api.close());

const unknownCsv = 'Colour,Shape\nred,round\n';

function send(campaign: string, body: NonNullable<RequestInit['body']> = kickstarterCsv, more = 'force=') {
  return api.upload(body, `campaign=${encodeURIComponent(campaign)}&${more}`);
}

/** Expects that a file is answered with the upload that has its content, and that nothing in the tables changes. */
async function expectDuplicate(campaign: string, earlier: string, body?: string) {
  const before = await contents();
  const answer = await send(campaign, body);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('location')).toBe(`/v1/uploads/${earlier}`);
  expect(await answer.json()).toMatchObject({
    id: earlier,
    duplicateOf: earlier,
    detail: expect.stringContaining('?force=true'),
  });
  expect(await contents()).toEqual(before);
}

/** All tables but that of campaigns, which count the uploads that were ever opened. */
async function contents() {
  const { campaign: _campaign, ...tables } = await dumpTables(api.database);
  return tables;
}

/** Fails a sealed upload, as chunks that cannot be processed do. */
function fail(id: string): Promise<unknown> {
  return api.database.pool.query(
    `WITH begun AS (SELECT set_config('session_replication_role', 'replica', true))
     UPDATE csv_upload SET status = 'FAILED', failure_code = 'chunks_failed' FROM begun WHERE id = $1`,
    [id],
  );
}

describe('Content that the campaign has already', () => {
  it('is answered with its upload, waiting or imported, and nothing is stored', async () => {
    const campaign = newCampaign();
    const { id } = await readAccepted(await send(campaign));
    await expectDuplicate(campaign, id);
    await processUpload(api.database, id);
    await expectDuplicate(campaign, id);
    expect(await verifyUpload(api.database, id)).not.toContainEqual(
      expect.objectContaining({ holds: false }),
    );
  });

  it('has exactly the members of an accepted upload, and duplicateOf', async () => {
    const campaign = newCampaign();
    const accepted: unknown = await (await send(campaign)).json();
    const answer: unknown = await (await send(campaign)).json();
    const { id } = await readAccepted(await send(campaign));
    expect(answer).toEqual({ ...Object(accepted), detail: expect.any(String), duplicateOf: id });
  });

  it('is answered with the questions of its upload, which still waits for a mapping', async () => {
    const campaign = newCampaign();
    const { id } = await readAccepted(await send(campaign, unknownCsv));
    await expectDuplicate(campaign, id, unknownCsv);
    const answer = await send(campaign, unknownCsv);
    expect(await answer.json()).toMatchObject({
      status: 'NEEDS_MAPPING',
      detail: expect.stringContaining('something must be known first'),
    });
  });

  it('is imported once more with force, in the query or in the form', async () => {
    const campaign = newCampaign();
    const ids = [(await readAccepted(await send(campaign))).id];
    ids.push((await readAccepted(await send(campaign, kickstarterCsv, 'force=true'))).id);
    const form = new FormData();
    form.set('campaign', campaign);
    form.set('force', 'true');
    form.set('file', new Blob([kickstarterCsv]), 'backers.csv');
    const sent = await api.send('/v1/uploads', { method: 'POST', body: form });
    expect(sent.status).toBe(202);
    ids.push((await readAccepted(sent)).id);
    expect(new Set(ids).size).toBe(3);
    // The newest of them is the answer.
    await expectDuplicate(campaign, ids[2] ?? '');
  });

  it('is accepted once of many at the same moment, and the others are answered with that upload', async () => {
    const campaign = newCampaign();
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(campaign)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(7).fill(200), 202]);
    const ids = await Promise.all(answers.map(async (answer) => (await readAccepted(answer)).id));
    expect(new Set(ids).size).toBe(1);
    expect(await api.database.prisma.csvUpload.count({ where: { campaign: { name: campaign } } })).toBe(1);
  });
});

describe('An Idempotency-Key that came with content that the campaign has already', () => {
  /** Sends a file twice, with the key the second time. */
  async function bind() {
    const campaign = newCampaign();
    const { id } = await readAccepted(await send(campaign));
    const headers = { 'idempotency-key': randomUUID() };
    const query = `campaign=${encodeURIComponent(campaign)}&force=`;
    const sendKeyed = (body = kickstarterCsv, more = '') => api.upload(body, `${query}${more}`, { headers });
    const first = await sendKeyed();
    expect(first.status).toBe(200);
    return { id, first, sendKeyed };
  }

  it('gets the same answer again', async () => {
    const { first, sendKeyed } = await bind();
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    const again = await sendKeyed();
    expect(again.status).toBe(200);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(await again.json()).toEqual(await first.json());
  });

  it.each<[what: string, body: string, more: string, words: RegExp]>([
    ['content', kickstarterCsv.replace('Grace', 'Gracy'), '', /with the SHA-256 [0-9a-f]{64}; this one has/],
    ['length', `${kickstarterCsv}\n`, '', /; this one has \d+ bytes\./],
    ['hints', kickstarterCsv, '&dateOrder=dmy', /dateOrder=dmy/],
    ['wishes about content that is there', kickstarterCsv, 'true', /sent without force=true/],
  ])('is refused with other %s, however often it is tried', async (_what, body, more, words) => {
    const { id, sendKeyed } = await bind();
    for (let tries = 0; tries < 2; tries += 1) {
      const problem = await readProblem(await sendKeyed(body, more));
      expect(problem).toMatchObject({ status: 422, code: 'idempotency_key_reused', uploadId: id });
      expect(problem['detail']).toMatch(words);
    }
    expect((await sendKeyed()).status).toBe(200);
  });

  it('keeps its answer while many ask at once', async () => {
    const { id, sendKeyed } = await bind();
    const answers = await Promise.all(Array.from({ length: 6 }, () => sendKeyed()));
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(6).fill(200));
    for (const answer of answers) expect(await answer.json()).toMatchObject({ duplicateOf: id });
  });

  it.each<[what: string, end: (id: string) => Promise<unknown>]>([
    ['canceled', (id) => api.send(`/v1/uploads/${id}/cancel`, { method: 'POST' })],
    ['failed', (id) => fail(id)],
    [
      'deleted',
      async (id) => {
        await api.send(`/v1/uploads/${id}/cancel`, { method: 'POST' });
        expect((await api.send(`/v1/uploads/${id}`, { method: 'DELETE' })).status).toBe(204);
      },
    ],
  ])('is free again when the upload with the content was %s', async (_what, end) => {
    const { id, sendKeyed } = await bind();
    await end(id);
    const other = `${kickstarterCsv}3,1003,Ada,ada@example.com,$1.00,collected,,\n`;
    const accepted = await sendKeyed(other);
    expect(accepted.status, await accepted.clone().text()).toBe(202);
    const replayed = await sendKeyed(other);
    expect(replayed.status).toBe(202);
    expect(replayed.headers.get('idempotency-replayed')).toBe('true');
    expect(await readProblem(await sendKeyed())).toMatchObject({ code: 'idempotency_key_reused' });
  });
});

describe('A file is accepted though the same bytes were sent before', () => {
  it('to another campaign, or by another merchant', async () => {
    const first = newCampaign();
    expect((await send(first)).status).toBe(202);
    expect((await send(newCampaign())).status).toBe(202);
    const url = `/v1/uploads?campaign=${encodeURIComponent(first)}`;
    const other = await api.send(url, { method: 'POST', body: kickstarterCsv }, api.otherKey);
    expect(other.status).toBe(202);
  });

  it('to be read in another way, or packed in another way', async () => {
    const campaign = newCampaign();
    for (const [body, hints] of [
      [kickstarterCsv, ''],
      [kickstarterCsv, 'platform=kickstarter'],
      [kickstarterCsv, 'repair=false'],
      [kickstarterCsv, 'repair=true'],
      [gzipSync(kickstarterCsv), ''],
    ] as const) {
      expect((await send(campaign, body, `force=&${hints}`)).status).toBe(202);
    }
    expect((await send(campaign, kickstarterCsv, 'force=false&platform=kickstarter')).status).toBe(200);
  });

  it.each<[what: string, end: (id: string) => Promise<unknown>]>([
    ['was canceled', (id) => api.send(`/v1/uploads/${id}/cancel`, { method: 'POST' })],
    ['has failed', (id) => fail(id)],
    [
      'was opened by a release that did not know how it was to be read',
      (id) => api.database.pool.query('UPDATE csv_upload SET hints = NULL WHERE id = $1', [id]),
    ],
  ])('in an upload that %s', async (_what, end) => {
    const campaign = newCampaign();
    const { id } = await readAccepted(await send(campaign));
    await end(id);
    const again = await send(campaign);
    expect(again.status).toBe(202);
    expect((await readAccepted(again)).id).not.toBe(id);
  });

  it('and could not be read', async () => {
    const campaign = newCampaign();
    for (let sent = 0; sent < 2; sent += 1) expect((await send(campaign, 'Email,Name\n')).status).toBe(422);
  });

  it('and waits for a mapping that has been saved since', async () => {
    const campaign = newCampaign();
    const csv = 'Bestellung,Wer,Post,Was,Stück\nL-1,Ada,ada@example.com,Lampe,2\n';
    const waiting = await readAccepted(await send(campaign, csv, 'force='));
    expect(waiting).toMatchObject({ status: 'NEEDS_MAPPING' });
    const teacher = await readAccepted(await send(newCampaign(), csv));
    const saved = await api.send(`/v1/uploads/${teacher.id}/mapping`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        saveAs: 'Ours',
        columns: [
          { position: 0, as: 'externalId' },
          { position: 1, as: 'backerName' },
          { position: 2, as: 'email' },
          { position: 3, as: 'productName' },
          { position: 4, as: 'quantity' },
        ],
      }),
    });
    expect(saved.status, await saved.clone().text()).toBe(202);
    const again = await send(campaign, csv);
    expect(again.status).toBe(202);
    expect(await readAccepted(again)).toMatchObject({ status: 'PENDING' });
  });
});

describe('Content that is older than what the campaign has', () => {
  const csvOf = (...days: readonly string[]) =>
    [
      'Backer Number,Backer UID,Backer Name,Email,Pledge Amount,Pledged Status,Pledged At',
      ...days.map((day, at) => `${at + 1},${at + 101},Ada,a${at}@example.com,$1.00,collected,${day}`),
      '',
    ].join('\n');

  it('is accepted, and the answer warns of it as one of its issues', async () => {
    const campaign = newCampaign();
    const first: unknown = await (await send(campaign, csvOf('2024-01-05'))).json();
    expect(first).toMatchObject({ warnings: [] });
    const { id: newer } = await readAccepted(await send(campaign, csvOf('2024-01-05', '2024-02-01')));
    const older = await send(campaign, csvOf('2024-01-05'), 'force=true');
    expect(older.status).toBe(202);
    const upload: unknown = await older.json();
    const warning = {
      file: null,
      row: null,
      line: null,
      column: null,
      code: 'older_content',
      message: expect.stringContaining(newer),
      value: null,
      severity: 'warning',
    };
    expect(upload).toMatchObject({ warnings: [warning], files: [{ issueCount: 1 }] });
    const { id } = z.looseObject({ id: z.string() }).parse(upload);
    expect(await (await api.send(`/v1/uploads/${id}/issues?code=older_content`)).json()).toMatchObject({
      issues: [warning],
    });
  });
});
