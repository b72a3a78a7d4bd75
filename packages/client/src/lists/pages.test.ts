import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { cursorNames } from '../generated/cursor-names.js';
import { createClient } from '../index.js';
import { answerWith, json } from '../test-support/answers.js';

const connection = { url: 'https://api.example', key: 'pl_key' };
const cursorName = cursorNames['/v1/pledges'];

describe('A list', () => {
  it('is read page by page, each with the cursor of the one before and the same filters', async () => {
    const api = answerWith(
      json({ pledges: [{ id: 'a' }, { id: 'b' }], next: 'b&' }),
      json({ pledges: [], next: 'c' }),
      json({ pledges: [{ id: 'd' }], next: null }),
    );
    const client = createClient({ ...connection, fetch: api.fetch });
    const ids: string[] = [];
    for await (const { id } of client.entries('/v1/pledges', { query: { campaign: 'Lamp' } })) ids.push(id);
    expect(ids).toEqual(['a', 'b', 'd']);
    expect(api.requests.map(({ url }) => url)).toEqual([
      'https://api.example/v1/pledges?campaign=Lamp',
      `https://api.example/v1/pledges?campaign=Lamp&${cursorName}=b%26`,
      `https://api.example/v1/pledges?campaign=Lamp&${cursorName}=c`,
    ]);
  });

  it('is read no further than it is used', async () => {
    const api = answerWith(json({ pledges: [{ id: 'a' }, { id: 'b' }], next: 'b' }));
    const client = createClient({ ...connection, fetch: api.fetch });
    for await (const { id } of client.entries('/v1/pledges', { query: { campaign: 'Lamp' } })) {
      if (id === 'b') break;
    }
    expect(api.requests).toHaveLength(1);
  });

  it('has one array, by which its entries are found, whatever list of the contract it is', async () => {
    const contract = new URL('../../../../apps/api/openapi.json', import.meta.url);
    const { paths } = JSON.parse(await readFile(contract, 'utf8'));
    const arrays = Object.keys(cursorNames).map((path) => {
      const { properties } = paths[path].get.responses['200'].content['application/json'].schema;
      return [path, Object.keys(properties).filter((name) => properties[name].type === 'array').length];
    });
    expect(arrays.length).toBeGreaterThan(10);
    expect(arrays.filter(([, count]) => count !== 1)).toEqual([]);
  });
});
