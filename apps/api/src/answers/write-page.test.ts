import { describe, expect, it } from 'vitest';
import { writePage } from './write-page.js';

async function* inBatches(...batches: readonly (readonly string[])[]) {
  yield* batches;
}

const options = {
  noun: 'letters',
  limit: 3,
  maxBytes: 1_000,
  present: (row: string) => row,
  cursorOf: (row: string) => `after ${row}`,
};

describe('A page of a list', () => {
  it('has no next page when the list ends with it', async () => {
    expect(await writePage(inBatches(['a', 'b'], ['c']), options)).toBe(
      '{"letters":["a","b","c"],"next":null}',
    );
    expect(await writePage(inBatches(), options)).toBe('{"letters":[],"next":null}');
  });

  it('ends at its limit of entries', async () => {
    expect(await writePage(inBatches(['a', 'b'], ['c', 'd']), options)).toBe(
      '{"letters":["a","b","c"],"next":"after c"}',
    );
  });

  it('ends earlier when its entries are long, but has at least one', async () => {
    const long = 'x'.repeat(2_000);
    expect(await writePage(inBatches(['a', long], ['c']), options)).toBe(
      '{"letters":["a"],"next":"after a"}',
    );
    expect(JSON.parse(await writePage(inBatches([long, 'b']), options))).toEqual({
      letters: [long],
      next: `after ${long}`,
    });
  });

  it('reads no batch beyond the one that fills it', async () => {
    let isReadOn = false;
    async function* batches() {
      yield ['a', 'b', 'c', 'd'];
      isReadOn = true;
      yield ['e'];
    }
    await writePage(batches(), options);
    expect(isReadOn).toBe(false);
  });
});
