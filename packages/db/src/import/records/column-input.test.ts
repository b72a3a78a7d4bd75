import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { cloneDatabase } from '../../test-support/template-database.js';
import { binaryArray } from './binary-array.js';
import { columnInput } from './column-input.js';

let client: pg.Client;
let drop: () => Promise<void>;

beforeAll(async () => {
  const clone = await cloneDatabase(inject('testPostgres'));
  drop = clone.drop;
  client = new pg.Client(clone.url);
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await drop();
});

/** What text columns hold: anything but U+0000 and lone surrogates. */
const special = fc.constantFrom(
  '"',
  '\\',
  '\\"',
  '\n',
  '\t',
  '\u0001',
  'NULL',
  'null',
  '',
  '{}',
  ',',
  '\\n',
  '\\\\',
  '谢',
);
const text = fc.oneof(
  special,
  fc.array(special, { maxLength: 6 }).map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme' }).filter((each) => !each.includes('\0')),
);
const cell = fc.option(text);
const amount = fc.option(fc.constantFrom('1.0000', '-0.2500'));

describe('columnInput', () => {
  it('gives back the rows, whichever columns are constant', async () => {
    const rows = fc.array(fc.tuple(fc.nat(5), cell, fc.constantFrom('a', null), amount), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(rows, async (wanted) => {
        const input = columnInput([
          { name: 'id', type: 'int', values: wanted.map(([id]) => id) },
          { name: 'name', type: 'text', values: wanted.map(([, name]) => name) },
          { name: 'kind', type: 'text', values: wanted.map(([, , kind]) => kind) },
          { name: 'price', type: 'numeric', values: wanted.map(([, , , price]) => price) },
        ]);
        const answer = await client.query({
          text: input.sql,
          values: [...input.parameters],
          rowMode: 'array',
        });
        expect(answer.rows).toEqual(wanted);
      }),
      { numRuns: 200 },
    );
  });

  it('sends the value of a constant column once', () => {
    const input = columnInput([
      { name: 'id', type: 'int', values: [1, 2] },
      { name: 'campaign', type: 'text', values: ['a', 'a'] },
      { name: 'note', type: 'text', values: [null, null] },
    ]);
    expect(input.parameters).toEqual([binaryArray('int', [1, 2]), 'a']);
    expect(input.sql).toContain('NULL::text AS note');
  });
});
