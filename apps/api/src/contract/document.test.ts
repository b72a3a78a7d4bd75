import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
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
