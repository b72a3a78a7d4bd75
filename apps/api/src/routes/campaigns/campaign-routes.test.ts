import { sweep } from '@pledgeline/db';
import { processUpload } from '@pledgeline/db/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { readAccepted, readId, readProblem } from '../../test-support/answers.js';
import { kickstarterCsv, startApi, type TestApi } from '../../test-support/start-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi(inject('testPostgres'));
});
afterAll(() => api.close());

const SOME_ID = '01890000-0000-7000-8000-000000000000';

function ask(method: string, path: string, body?: object, headers?: Readonly<Record<string, string>>) {
  const init = { method, ...(headers && { headers }), ...(body && { body: JSON.stringify(body) }) };
  return api.send(`/v1/campaigns${path}`, init);
}

const listSchema = z.object({ campaigns: z.array(z.looseObject({ name: z.string() })), next: z.null() });
const namesIn = async (query = ''): Promise<readonly string[]> =>
  listSchema.parse(await (await ask('GET', query)).json()).campaigns.map(({ name }) => name);

async function tagOf(id: string): Promise<string> {
  return (await ask('GET', `/${id}`)).headers.get('etag') ?? '';
}

/** Sends a file to a campaign and imports it. Returns the ids of both. */
async function importInto(campaign: string, csv: string = kickstarterCsv) {
  const accepted = await readAccepted(await api.upload(csv, `campaign=${encodeURIComponent(campaign)}`));
  await processUpload(api.database, accepted.id);
  return accepted;
}

describe('A campaign', () => {
  it('is made by its name, trimmed as in an upload, and shown', async () => {
    const made = await ask('POST', '', { name: '  Lantern ' });
    expect(made.status).toBe(201);
    const campaign: unknown = await made.json();
    expect(campaign).toEqual({
      id: expect.any(String),
      name: 'Lantern',
      archivedAt: null,
      createdAt: expect.any(String),
      lastUploadAt: null,
      uploads: { total: 0, open: 0 },
      links: { self: made.headers.get('location'), merge: `${made.headers.get('location')}/merge` },
    });
    const self = made.headers.get('location') ?? '';
    expect(await (await api.send(self)).json()).toEqual(campaign);
    expect((await readAccepted(await api.upload(kickstarterCsv, 'campaign=Lantern'))).campaignId).toBe(
      self.split('/').at(-1),
    );
  });

  it('is not listed when the upload that names it is refused at once; the upload still answers', async () => {
    const { uploadId } = z
      .looseObject({ uploadId: z.string() })
      .parse(await (await api.upload('', 'campaign=Refused')).json());
    expect(await namesIn()).not.toContain('Refused');
    expect(await (await api.send(`/v1/uploads/${uploadId}`)).json()).toMatchObject({
      campaign: 'Refused',
      status: 'FAILED',
    });
    expect((await ask('POST', '', { name: 'Refused' })).status).toBe(201);
    expect(await namesIn()).toContain('Refused');
  });

  it('is not made twice; the answer names the one that there is', async () => {
    const id = await readId(await ask('POST', '', { name: 'Twice' }));
    expect(await (await ask('POST', '', { name: 'Twice' })).json()).toEqual({
      type: 'urn:pledgeline:problem:campaign_exists',
      title: 'There is a campaign of this name',
      status: 409,
      detail: expect.stringContaining('"campaignId"'),
      code: 'campaign_exists',
      campaignId: id,
      requestId: expect.any(String),
    });
    const other = await readId(await ask('POST', '', { name: 'Thrice' }));
    expect(await readProblem(await ask('PATCH', `/${other}`, { name: 'Twice' }))).toMatchObject({
      code: 'campaign_exists',
      campaignId: id,
    });
  });

  it.each([
    ['is blank', { name: '  ' }, 'name'],
    ['is too long', { name: 'x'.repeat(201) }, 'name'],
    ['looks like an id', { name: SOME_ID }, 'name'],
    ['is missing', {}, 'name'],
    ['is accompanied by something else', { name: 'Lamp', colour: 'red' }, 'colour'],
  ])('is not made when its name %s', async (_what, body, name) => {
    const response = await ask('POST', '', body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'invalid_request', parameters: [{ name }] });
  });

  it('is told what is wrong with its body, and which name is that of no campaign', async () => {
    const wrong = await ask('POST', '', { name: 5, colour: 'red' });
    expect(await wrong.json()).toMatchObject({
      parameters: [
        { name: 'name', message: 'must be text' },
        { name: 'colour', message: 'there is no such member; there are name' },
      ],
    });
    expect(await (await ask('POST', '', {})).json()).toMatchObject({
      parameters: [{ name: 'name', message: 'must be given' }],
    });
    expect(await (await api.send('/v1/uploads?campaign=Nope')).json()).toMatchObject({
      code: 'campaign_not_found',
      detail: 'There is no campaign "Nope"; GET /v1/campaigns lists those there are.',
    });
  });

  it('is renamed and archived; then it is out of the list and takes no uploads, until it is opened again', async () => {
    const { campaignId } = await importInto('Lmap');
    const renamed = await ask('PATCH', `/${campaignId}`, { name: 'Lamp', archived: true });
    expect(await renamed.json()).toMatchObject({
      name: 'Lamp',
      archivedAt: expect.any(String),
      uploads: { total: 1, open: 0 },
    });
    expect(await namesIn()).not.toContain('Lamp');
    expect(await namesIn('?archived=false')).not.toContain('Lamp');
    expect(await namesIn('?archived=true')).toContain('Lamp');
    expect(await (await api.upload(kickstarterCsv)).json()).toEqual({
      type: 'urn:pledgeline:problem:campaign_archived',
      title: 'The campaign is archived',
      status: 409,
      detail: `The campaign "Lamp" is archived. Open it again with PATCH /v1/campaigns/${campaignId} and {"archived": false}, or name another one.`,
      code: 'campaign_archived',
      requestId: expect.any(String),
    });
    expect((await api.send('/v1/pledges?campaign=Lamp')).status).toBe(200);
    expect(await (await ask('PATCH', `/${campaignId}`, { archived: false })).json()).toMatchObject({
      archivedAt: null,
    });
    expect((await api.upload(kickstarterCsv)).status).toBe(202);
  });
});

describe('The deletion of a campaign', () => {
  it('needs the ETag of what was seen, and is refused when that has changed', async () => {
    const { campaignId } = await importInto('Wanted');
    expect(await (await ask('DELETE', `/${campaignId}`)).json()).toEqual({
      type: 'urn:pledgeline:problem:precondition_required',
      title: 'The header If-Match is missing',
      status: 428,
      detail: expect.stringContaining('If-Match'),
      code: 'precondition_required',
      requestId: expect.any(String),
    });
    const seen = await tagOf(campaignId);
    await importInto('Wanted');
    const changed = await ask('DELETE', `/${campaignId}`, undefined, { 'If-Match': seen });
    expect(await readProblem(changed)).toMatchObject({ status: 412, code: 'changed_meanwhile' });
    expect((await ask('PATCH', `/${campaignId}`, { name: 'No' }, { 'If-Match': seen })).status).toBe(412);
    const { name } = z
      .looseObject({ name: z.string() })
      .parse(await (await ask('GET', `/${campaignId}`)).json());
    expect(name).toBe('Wanted');
    const now = await tagOf(campaignId);
    const done = await ask('DELETE', `/${campaignId}`, undefined, { 'If-Match': `"other", W/${now}` });
    expect(done.status).toBe(204);
  });

  it('takes everything in it away at once, and for good with the next sweep', async () => {
    const { id, campaignId } = await importInto('Doomed');
    const headers = { 'If-Match': await tagOf(campaignId) };
    expect((await ask('DELETE', `/${campaignId}`, undefined, headers)).status).toBe(204);
    expect(await namesIn('?archived=true')).not.toContain('Doomed');
    for (const path of [
      `campaigns/${campaignId}`,
      `uploads/${id}`,
      `uploads/${id}/issues`,
      `uploads/${id}/events`,
      `pledges?campaign=${campaignId}`,
    ]) {
      expect((await api.send(`/v1/${path}`)).status, path).toBe(404);
    }
    expect(await (await api.send('/v1/uploads?limit=200')).text()).not.toContain(id);
    expect((await readProblem(await ask('DELETE', `/${campaignId}`, undefined, headers))).status).toBe(404);
    const swept = await sweep(api.database, { pendingAfterMs: 60_000, silentAfterMs: 60_000, limit: 100 });
    expect(swept).toMatchObject({ failures: [] });
    expect(await api.database.prisma.notification.count({ where: { uploadId: id } })).toBe(0);
    expect(await api.database.prisma.pledge.count({ where: { campaignId } })).toBe(0);
    expect(await api.database.prisma.campaign.count({ where: { id: campaignId } })).toBe(0);
  });
});

describe('A merge of campaigns', () => {
  it('imports the uploads again in the other campaign, and the first one is gone', async () => {
    const right = await importInto('Right');
    const typo = await importInto('Rihgt', kickstarterCsv.replace('Alan,alan@', 'Edsger,edsger@'));
    const merged = await ask('POST', `/${typo.campaignId}/merge`, { into: right.campaignId });
    expect(merged.status).toBe(202);
    expect(await merged.json()).toMatchObject({
      id: right.campaignId,
      name: 'Right',
      uploads: { total: 2, open: 1 },
    });
    expect((await ask('GET', `/${typo.campaignId}`)).status).toBe(404);
    await processUpload(api.database, typo.id);
    expect(await (await api.send(`/v1/uploads/${typo.id}`)).json()).toMatchObject({
      campaignId: right.campaignId,
      status: 'COMPLETED',
      progress: { percent: 100 },
    });
    const emails = z
      .object({ backers: z.array(z.looseObject({ email: z.string() })) })
      .parse(await (await api.send('/v1/backers?campaign=Right')).json())
      .backers.map(({ email }) => email);
    expect(emails.sort()).toEqual(['alan@example.com', 'edsger@example.com', 'grace@example.com']);
  });

  it('is refused with itself, with one that is not there, and while an upload runs', async () => {
    const { campaignId } = await importInto('Alone');
    const merge = async (into: string) => readProblem(await ask('POST', `/${campaignId}/merge`, { into }));
    expect(await merge(campaignId)).toMatchObject({
      code: 'invalid_request',
      parameters: [{ name: 'into' }],
    });
    expect(await merge(SOME_ID)).toMatchObject({ status: 404, code: 'campaign_not_found' });
    const { id, campaignId: busy } = await readAccepted(await api.upload(kickstarterCsv, 'campaign=Busy'));
    expect(await merge(busy)).toMatchObject({
      status: 409,
      code: 'merge_refused',
      detail: expect.stringContaining(id),
    });
  });
});
