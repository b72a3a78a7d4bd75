import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readAccepted, readId, readProblem } from '../test-support/answers.js';
import { kickstarterCsv, startApi, type TestApi } from '../test-support/start-api.js';

let api: TestApi;
/** Counts changes of the settings, which stay. */
let settings = 0;
beforeAll(async () => {
  api = await startApi(inject('testPostgres'));
});
afterAll(() => api.close());

interface Thing {
  readonly path: string;
  readonly method: 'PATCH' | 'PUT';
  /** Two changes, each of which the thing does not have yet. */
  readonly changes: readonly [object, object];
  readonly canBeDeleted: boolean;
}

/** Everything that can be read by itself and changed. */
const things: readonly (readonly [what: string, make: () => Promise<Thing>])[] = [
  [
    'a campaign',
    async () => {
      const made = await api.send('/v1/campaigns', {
        method: 'POST',
        body: JSON.stringify({ name: `Kite ${crypto.randomUUID()}` }),
      });
      const path = `/v1/campaigns/${await readId(made)}`;
      return {
        path,
        method: 'PATCH',
        changes: [{ archived: true }, { name: crypto.randomUUID().slice(0, 8) }],
        canBeDeleted: true,
      };
    },
  ],
  [
    'an upload',
    async () => {
      const { id } = await readAccepted(await api.upload(kickstarterCsv));
      await api.send(`/v1/uploads/${id}/cancel`, { method: 'POST' });
      const changes = [{ filename: 'a.csv' }, { filename: 'b.csv' }] as const;
      return { path: `/v1/uploads/${id}`, method: 'PATCH', changes, canBeDeleted: true };
    },
  ],
  [
    'a webhook',
    async () => {
      const body = JSON.stringify({ url: 'https://example.com/hook' });
      const path = `/v1/webhooks/${await readId(await api.send('/v1/webhooks', { method: 'POST', body }))}`;
      return {
        path,
        method: 'PATCH',
        changes: [{ description: 'a' }, { description: 'b' }],
        canBeDeleted: true,
      };
    },
  ],
  [
    'the settings',
    async () => {
      settings += 1;
      const changes = [{ email: `a${settings}@example.com` }, { email: `b${settings}@example.com` }] as const;
      return { path: '/v1/notification-settings', method: 'PUT', changes, canBeDeleted: false };
    },
  ],
];

const tagOf = (response: Response) => response.headers.get('etag') ?? '';

describe.each(things)('A change of %s', (_what, make) => {
  it('is refused when the client has seen another state, and done when it has seen this one or says nothing', async () => {
    const { path, method, changes, canBeDeleted } = await make();
    const change = (body: object, tag?: string) =>
      api.send(path, { method, body: JSON.stringify(body), ...(tag && { headers: { 'if-match': tag } }) });
    const seen = tagOf(await api.send(path));
    expect(seen).toMatch(/^"[\w-]{43}"$/);
    const changed = await change(changes[0], seen);
    expect(changed.status).toBe(200);
    // The answer is what GET shows, so its tag serves for the next change.
    expect(tagOf(changed)).toBe(tagOf(await api.send(path)));
    expect(tagOf(changed)).not.toBe(seen);
    const refused = await change(changes[1], seen);
    expect(await readProblem(refused)).toMatchObject({ status: 412, code: 'changed_meanwhile' });
    expect(tagOf(await api.send(path))).toBe(tagOf(changed));
    const unasked = await change(changes[1]);
    expect(unasked.status).toBe(200);
    if (!canBeDeleted) return;
    const remove = (tag: string) => api.send(path, { method: 'DELETE', headers: { 'if-match': tag } });
    expect((await remove(seen)).status).toBe(412);
    expect((await api.send(path)).status).toBe(200);
    expect((await remove(tagOf(unasked))).status).toBe(204);
  });

  it('loses no other one at the same moment', async () => {
    const { path, method, changes } = await make();
    const seen = tagOf(await api.send(path));
    const answers = await Promise.all(
      [changes[0], changes[1], changes[0], changes[1]].map((body) =>
        api.send(path, { method, body: JSON.stringify(body), headers: { 'if-match': seen } }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
  });
});

it('A campaign that is made has the ETag that GET gives it', async () => {
  const made = await api.send('/v1/campaigns', { method: 'POST', body: '{"name":"Tagged"}' });
  expect(made.status).toBe(201);
  const tag = tagOf(made);
  expect(tagOf(await api.send(`/v1/campaigns/${await readId(made)}`))).toBe(tag);
});
