import { readFile, writeFile } from 'node:fs/promises';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
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

it('The document names every operation differently, and every code of a problem', () => {
  const ids = [...text.matchAll(/"operationId":"([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(30);
  for (const code of problemCodes) expect(text).toContain(`"${code}"`);
});
