import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { cloneDatabase } from '../../test-support/template-database.js';
import { type ArrayType, binaryArray } from './binary-array.js';

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
const text = fc.oneof(
  fc.constantFrom('"', '\\', '\n', '\u0001', 'NULL', '', '{}', ',', '谢', '😀'),
  fc.string({ unit: 'grapheme' }).filter((each) => !each.includes('\0')),
);

async function expectReadBack(type: ArrayType, values: readonly (string | number | null)[]): Promise<void> {
  const { rows } = await client.query(`SELECT $1::${type}[] AS values`, [binaryArray(type, values)]);
  expect(rows).toEqual([{ values }]);
}

describe('binaryArray', () => {
  it('is read by Postgres as the very texts and nulls, none of them included', async () => {
    const values = fc.array(fc.option(text), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(values, (each) => expectReadBack('text', each)),
      { numRuns: 200 },
    );
  });

  it('is read by Postgres as the very ids and nulls', async () => {
    const values = fc.array(fc.option(fc.uuid()), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(values, (each) => expectReadBack('uuid', each)),
      { numRuns: 100 },
    );
  });

  it('is read by Postgres as the very integers and nulls', async () => {
    const values = fc.array(fc.option(fc.integer()), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(values, (each) => expectReadBack('int', each)),
      { numRuns: 100 },
    );
  });

  it('grows for texts that are larger than what it has reserved, and keeps what came before', async () => {
    await expectReadBack('text', ['before', '谢'.repeat(300_000), null, 'x'.repeat(2_000_000), 'after']);
  });

  it('does not share memory with the next array', () => {
    const first = binaryArray('text', ['a']);
    const copy = Buffer.from(first);
    binaryArray('text', ['b']);
    expect(first.equals(copy)).toBe(true);
  });

  it('refuses what is no integer of 32 bits', () => {
    expect(() => binaryArray('int', [2 ** 31])).toThrow(RangeError);
  });
});
