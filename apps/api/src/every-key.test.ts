import { createApiKey, isEnough, type KeyScope, keyScopes } from '@pledgeline/db';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { writeCursor } from './answers/cursor.js';
import { dumpTables } from './test-support/dump-tables.js';
import { listOperations, type Operation } from './test-support/list-operations.js';
import { makeThings, type Things } from './test-support/make-things.js';
import { kickstarterCsv, startApi, type TestApi } from './test-support/start-api.js';

let api: TestApi;
let operations: readonly Operation[];
let ofAda: Things;
let ofBob: Things;
/** Bob's keys. */
let keys: Readonly<Record<KeyScope, string>>;
beforeAll(async () => {
  api = await startApi(inject('testPostgres'));
  operations = listOperations(api.app);
  ofAda = await makeThings(api, api.key);
  ofBob = await makeThings(api, api.otherKey);
  const make = async (scope: KeyScope) => (await createApiKey(api.database, 'Bob', scope, { scope })).key;
  keys = { read: await make('read'), write: await make('write'), admin: await make('admin') };
});
afterAll(() => api.close());

/** Valid bodies of the operations that need one, so that a request is refused for its key or its ids alone. */
const bodies: Readonly<Record<string, unknown>> = {
  putUploadMapping: { accept: true },
  remapUpload: {},
  changeUpload: { filename: 'b.csv' },
  changeNotificationSettings: { email: null },
  createWebhook: { url: 'https://example.com/hook' },
  changeWebhook: { enabled: false },
  replayFailedDeliveries: { since: '2020-01-01T00:00:00Z' },
  createKey: { name: 'mine', scope: 'admin' },
  createCampaign: { name: 'Lantern' },
  changeCampaign: { archived: true },
  renameMappingTemplate: { name: 'Ours' },
  mergeCampaign: { into: '01890000-0000-7000-8000-000000000000' },
  setInventory: { onHand: 1 },
};

function bodyOf({ id, needsBody }: Operation): string | undefined {
  if (id === 'sendUpload' || id === 'inspectFile') return kickstarterCsv;
  const body = bodies[id];
  if (needsBody && body === undefined) throw new Error(`This test has no body for the operation ${id}`);
  return body === undefined ? undefined : JSON.stringify(body);
}

/** Operations that do not ask the database as the merchant: one asks nothing, and one asks for room that all merchants share. */
const beyondTheWall: ReadonlySet<string> = new Set(['listPlatforms', 'createResumableFile']);

/** The collection of each id in the path of an operation: `webhooks` and `deliveries`, for example. */
const collectionsIn = ({ path }: Operation): readonly string[] =>
  [...path.matchAll(/([^/]+)\/\{/g)].map(([, collection = '']) => collection);

/** Fills the ids into a path, each from the things that `of` names for its collection. */
function fill(operation: Operation, of: (collection: string) => Things): string {
  return operation.path.replace(/([^/]+)\/\{[^}]+\}/g, (_, collection: string) => {
    const id = of(collection)[collection];
    if (id === undefined) throw new Error(`This test has no thing in ${collection}; makeThings makes them`);
    return `${collection}/${id}`;
  });
}

function send(operation: Operation, address: string, key: string | null): Promise<Response> {
  const { method } = operation;
  const body = bodyOf(operation);
  const init = { method, ...(body !== undefined && { body }) };
  return key === null ? fetch(`${api.url}${address}`, init) : api.send(address, init, key);
}

/** Does something, and expects that no row of any table has changed. */
async function expectNoChange(work: () => Promise<void>): Promise<void> {
  const before = await dumpTables(api.database);
  await work();
  expect(await dumpTables(api.database)).toEqual(before);
}

const notFound = {
  type: expect.stringMatching(/^urn:pledgeline:problem:/),
  title: expect.any(String),
  status: 404,
  detail: expect.any(String),
  code: expect.stringMatching(/^(?:.+_)?not_found$/),
  requestId: expect.any(String),
};

describe('Every operation of the OpenAPI document', () => {
  it('needs the scope "read" to look, "write" to change, and "admin" for keys, secrets and deletions', () => {
    const needed = (scope: KeyScope) => operations.filter((each) => each.scope === scope);
    expect(operations.length).toBeGreaterThan(40);
    expect(new Set(needed('read').map(({ method }) => method))).toEqual(new Set(['GET']));
    expect(needed('admin').map(({ id }) => id)).toEqual([
      'deleteUpload',
      'deleteMappingTemplate',
      'deleteCampaign',
      'mergeCampaign',
      'createWebhook',
      'deleteWebhook',
      'rotateWebhookSecret',
      'listKeys',
      'createKey',
      'rotateKey',
      'revokeKey',
    ]);
  });

  it('is refused without a key, and changes nothing', () =>
    expectNoChange(async () => {
      for (const operation of operations) {
        const response = await send(
          operation,
          fill(operation, () => ofAda),
          null,
        );
        expect(await response.json(), operation.id).toEqual({
          type: 'urn:pledgeline:problem:missing_key',
          title: 'The API key is missing',
          status: 401,
          detail: 'Send your API key: "Authorization: Bearer pl_…".',
          code: 'missing_key',
          requestId: expect.any(String),
        });
      }
    }));

  it('is refused to a key of too small a scope, even for its own things, and changes nothing', () =>
    expectNoChange(async () => {
      for (const operation of operations) {
        const { id, scope } = operation;
        for (const held of keyScopes.filter((each) => !isEnough(each, scope))) {
          const response = await send(
            operation,
            fill(operation, () => ofBob),
            keys[held],
          );
          expect(response.headers.get('www-authenticate'), id).toBe(
            `Bearer error="insufficient_scope", scope="${scope}"`,
          );
          expect(await response.json(), id).toEqual({
            type: 'urn:pledgeline:problem:insufficient_scope',
            title: 'The API key may not do this',
            status: 403,
            detail: `This needs a key of the scope "${scope}", and the API key has the scope "${held}". Use another one, or ask for one.`,
            code: 'insufficient_scope',
            neededScope: scope,
            requestId: expect.any(String),
          });
        }
      }
    }));

  it('that shows things finds those of its own merchant', async () => {
    for (const operation of operations.filter(({ method, path }) => method === 'GET' && path.includes('{'))) {
      const response = await send(
        operation,
        fill(operation, () => ofBob),
        keys[operation.scope],
      );
      expect(response.status, operation.id).toBe(200);
    }
  });

  it('does not find the things of another merchant in any part of its address, and changes nothing', () =>
    expectNoChange(async () => {
      for (const operation of operations) {
        const strange = collectionsIn(operation);
        for (const one of strange) {
          for (const others of [ofBob, ofAda]) {
            const address = fill(operation, (collection) => (collection === one ? ofAda : others));
            const response = await send(operation, address, keys[operation.scope]);
            expect(await response.json(), `${operation.id} ${address}`).toEqual(notFound);
          }
        }
      }
    }));

  it('does not find the campaigns, uploads and notifications of another merchant that its input names', () =>
    expectNoChange(async () => {
      const naming = { campaign: 'campaigns', upload: 'uploads' } as const;
      for (const operation of operations) {
        for (const [name, collection] of Object.entries(naming)) {
          if (!operation.query.includes(name)) continue;
          // An upload of records is one of their campaign.
          const isOfCampaign = name === 'upload' && operation.query.includes('campaign');
          const beside = isOfCampaign ? `&campaign=${ofBob['campaigns']}` : '';
          const response = await send(
            operation,
            `${operation.path}?${name}=${ofAda[collection]}${beside}`,
            keys.write,
          );
          expect(await response.json(), operation.id).toEqual(notFound);
        }
      }
      const body = JSON.stringify({ upTo: ofAda['notifications'] });
      const marked = await api.send('/v1/notifications/read', { method: 'POST', body }, keys.write);
      expect(await marked.json()).toEqual(notFound);
    }));

  it('asks the database behind the wall, where a forgotten where shows nothing of other merchants', () =>
    expectNoChange(async () => {
      const { pool } = api.database;
      await pool.query('REVOKE ALL ON ALL TABLES IN SCHEMA public FROM pledgeline_api');
      try {
        for (const operation of operations.filter(({ id }) => !beyondTheWall.has(id))) {
          const address = fill(operation, () => ofBob);
          const query = operation.query.includes('campaign') ? `?campaign=${ofBob['campaigns']}` : '';
          const response = await send(operation, `${address}${query}`, keys.admin);
          expect(await response.json(), operation.id).toMatchObject({ status: 500, code: 'internal_error' });
        }
      } finally {
        await pool.query('SELECT build_wall()');
      }
    }));

  it('that lists things shows none of another merchant, even after the id of one', () =>
    expectNoChange(async () => {
      // The cursors of these hold no ids, or belong to one query.
      const ofRecords = ['listBackers', 'listPledges', 'listProducts', 'listSurveys', 'listInventory'];
      const others = [
        ...ofRecords,
        'listUploadFiles',
        'listUploadIssues',
        'listUploadChanges',
        'getUploadMapping',
        'listPlatforms',
      ];
      const lists = operations.filter(({ id, isList }) => isList && !others.includes(id));
      expect(lists.length).toBeGreaterThan(6);
      for (const operation of lists) {
        const campaign = operation.query.includes('campaign') ? `&campaign=${ofBob['campaigns']}` : '';
        const starts = Object.values(ofAda).flatMap((id) =>
          operation.query.includes('cursor')
            ? [
                `cursor=${writeCursor({ side: 'after', key: id })}`,
                `cursor=${writeCursor({ side: 'before', key: id })}`,
              ]
            : [`after=${id}`],
        );
        for (const start of starts) {
          const address = `${fill(operation, () => ofBob)}?${start}${campaign}`;
          const response = await send(operation, address, keys[operation.scope]);
          expect(response.status, address).toBe(200);
          const text = await response.text();
          expect(
            Object.values(ofAda).filter((each) => text.includes(each)),
            address,
          ).toEqual([]);
        }
      }
    }));
});
