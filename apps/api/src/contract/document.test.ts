import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { problemCodes } from '../problem.js';
import { startApi, type TestApi } from '../test-support/start-api.js';

const committed = new URL('../../openapi.json', import.meta.url);

let api: TestApi;
let text: string;
beforeAll(async () => {
  api = await startApi(inject('testPostgres'));
  text = await (await fetch(`${api.url}/openapi.json`)).text();
});
afterAll(() => api.close());

it('The document that the API serves is the committed one; `pnpm openapi` writes it anew', async () => {
  const served: unknown = JSON.parse(text);
  if (process.env['WRITE_EXPECTED'] === '1') {
    await writeFile(committed, `${JSON.stringify(served, null, 2)}\n`);
  }
  expect(served).toEqual(JSON.parse(await readFile(committed, 'utf8')));
});

it('The document has no fault that a linter knows, and its examples are valid', async () => {
  const config = await createConfig({
    extends: ['recommended-strict'],
    rules: {
      'no-invalid-schema-examples': 'error',
      'no-invalid-media-type-examples': 'error',
    },
  });
  const faults = await lintFromString({ source: text, absoluteRef: 'openapi.json', config });
  expect(
    faults.map(({ ruleId, message, location: [place] }) => `${ruleId}: ${message} ${place?.pointer}`),
  ).toEqual([]);
});

it('The document says of every operation with a key that it may be refused with 429, when to ask again, and what is left', () => {
  const header = z.looseObject({ description: z.string() });
  const quotas = { 'RateLimit-Policy': header, RateLimit: header };
  const success = z.looseObject({ headers: z.looseObject(quotas) });
  const refusal = z.looseObject({ headers: z.looseObject({ ...quotas, 'Retry-After': header }) });
  const reference = z.looseObject({ $ref: z.string() });
  const { paths, components } = z
    .looseObject({
      paths: z.record(
        z.string(),
        z.record(z.string(), z.looseObject({ responses: z.record(z.string(), z.unknown()) })),
      ),
      components: z.looseObject({ responses: z.record(z.string(), z.unknown()) }),
    })
    .parse(JSON.parse(text));
  const resolve = (answer: unknown) => {
    const name = reference.safeParse(answer).data?.$ref.split('/').at(-1);
    return name === undefined ? answer : components.responses[name];
  };
  const withKey = Object.entries(paths).filter(([path]) => path.startsWith('/v1/'));
  for (const { responses } of withKey.flatMap(([, operations]) => Object.values(operations))) {
    for (const [status, answer] of Object.entries(responses)) {
      if (Number(status) < 300) success.parse(resolve(answer));
    }
    refusal.parse(resolve(responses[429]));
  }
});

it('The document names every operation differently, and every code of a problem', () => {
  const ids = [...text.matchAll(/"operationId":"([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(30);
  for (const code of problemCodes) expect(text).toContain(`"${code}"`);
});

/** The parts of a schema of an answer that are objects, each with the path to it. */
function objectsIn(part: unknown, path: string): readonly (readonly [string, Record<string, unknown>])[] {
  if (Array.isArray(part)) return part.flatMap((each, at) => objectsIn(each, `${path}/${at}`));
  const { data } = z.record(z.string(), z.unknown()).safeParse(part);
  if (data === undefined) return [];
  const within = Object.entries(data).flatMap(([name, each]) => objectsIn(each, `${path}/${name}`));
  return data['type'] === 'object' ? [[path, data], ...within] : within;
}

const answersSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({ responses: z.unknown() }))),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
});

/** What tables keep to do their work, and nobody else may rely on or know. */
const bookkeeping =
  /sequence|rowNumber|digest|^(?!header).*fingerprint|^fills$|version|lease|token|^hash$|merchantId|claimed/i;

it('No two schemas have the same name in the document, where the second would hide the first', async () => {
  const sources = new URL('../', import.meta.url);
  const files = (await readdir(sources, { recursive: true })).filter((name) => /(?<!\.test)\.ts$/.test(name));
  const texts = await Promise.all(files.map((name) => readFile(new URL(name, sources), 'utf8')));
  const names = texts.flatMap((source) =>
    [...source.matchAll(/\.meta\(\{\s*id: '(\w+)'|namedSchema\(\w+, '(\w+)'\)/g)].map(
      ([, own, shared]) => own ?? shared,
    ),
  );
  expect(names.length).toBeGreaterThan(40);
  expect(names.filter((name, at) => names.indexOf(name) < at)).toEqual([]);
});

it('No answer has a member beside those of the document, and none of them is for bookkeeping', () => {
  const { paths, components } = answersSchema.parse(JSON.parse(text));
  const responses = Object.entries(paths)
    .filter(([path]) => path !== '/openapi.json')
    .map(([path, operations]) => [path, Object.values(operations).map((each) => each.responses)]);
  const objects = objectsIn({ ...components.schemas, ...Object.fromEntries(responses) }, '');
  expect(objects.length).toBeGreaterThan(60);
  for (const [path, object] of objects) {
    // A problem lists its status and code a second time, beside the reference to all its members.
    const isClosed = object['additionalProperties'] !== undefined || path.includes('problem+json');
    expect(isClosed, path).toBe(true);
    for (const name of Object.keys(z.record(z.string(), z.unknown()).parse(object['properties'] ?? {}))) {
      expect(bookkeeping.test(name), `${path}: ${name}`).toBe(false);
    }
  }
});

const operationsSchema = z.looseObject({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        parameters: z.array(z.looseObject({ name: z.string(), in: z.string() })).default([]),
        requestBody: z
          .looseObject({
            content: z.looseObject({
              'application/json': z
                .looseObject({
                  schema: z.looseObject({ properties: z.record(z.string(), z.unknown()).default({}) }),
                })
                .optional(),
            }),
          })
          .optional(),
      }),
    ),
  ),
});

const wrongValues: readonly unknown[] = [
  null,
  7,
  1e21,
  true,
  'x',
  [],
  [7],
  { a: 1 },
  [{ a: 1 }],
  'x'.repeat(3_000),
];
const ofALibrary =
  /^(?:Invalid|Too (?:big|small)|Unrecognized|Expected|Required|String must|Number must|Array must)|expected \w+, received|Input not/;

it('Its patterns mean the same to a program that reads them without the flag `u`', () => {
  const patterns = new Set(
    Array.from(text.matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g), ([, json = '""']) =>
      z.string().parse(JSON.parse(json)),
    ),
  );
  expect(patterns.size).toBeGreaterThan(0);
  for (const pattern of patterns) {
    for (const value of ['Lamp', 'Übergröße', '灯', 'P{Cc}', 'a\nb', 'a\u0000b', 'a\u0085b', '', '12.50']) {
      expect(new RegExp(pattern).test(value), `${pattern} ${JSON.stringify(value)}`).toBe(
        new RegExp(pattern, 'u').test(value),
      );
    }
  }
});

it('Every example with curl in the README says that the JSON which it sends is JSON', async () => {
  const readme = await readFile(new URL('../../../../README.md', import.meta.url), 'utf8');
  const sending = readme
    .split(/^(?=curl )/m)
    .filter((command) => command.startsWith('curl ') && / -d '/.test(command));
  expect(sending.length).toBeGreaterThan(4);
  for (const command of sending) expect(command).toContain("-H 'Content-Type: application/json' -d '{");
});

it('Whatever is wrong with a body or a query, it is said in words of ours', async () => {
  const { paths } = operationsSchema.parse(JSON.parse(text));
  const id = '01890000-0000-7000-8000-000000000000';
  const said = new Set<string>();
  const ask = async (address: string, init: RequestInit) => {
    const answer = await (await api.send(address, init)).text();
    const { detail = '', parameters = [] } = z
      .looseObject({
        detail: z.string().optional(),
        parameters: z.array(z.object({ name: z.string(), message: z.string() })).optional(),
      })
      .parse(JSON.parse(answer || '{}'));
    for (const { message } of parameters) said.add(message);
    expect(
      ofALibrary.test(detail.replace(/^.*?: /, '')),
      `${init.method} ${address} ${init.body}: ${detail}`,
    ).toBe(false);
  };
  for (const [path, operations] of Object.entries(paths)) {
    if (!path.startsWith('/v1/') || path === '/v1/events') continue;
    const address = path.replace(/\{[^}]+\}/g, id);
    for (const [method, { parameters, requestBody }] of Object.entries(operations)) {
      const schema = requestBody?.content['application/json']?.schema;
      const names = Object.keys(schema?.properties ?? {});
      const bodies =
        schema === undefined
          ? []
          : [...wrongValues, ...names.flatMap((name) => wrongValues.map((value) => ({ [name]: value })))];
      for (const body of bodies)
        await ask(address, { method: method.toUpperCase(), body: JSON.stringify(body) });
      if (method !== 'get') continue;
      for (const { name } of parameters.filter((each) => each.in === 'query')) {
        for (const query of [`${name}=%00`, `${name}=-1`, `${name}=1&${name}=2`]) {
          await ask(`${address}?${query}`, { method: 'GET' });
        }
      }
    }
  }
  expect(said.size).toBeGreaterThan(20);
  for (const message of said) expect(message).not.toMatch(ofALibrary);
});
