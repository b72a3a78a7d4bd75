import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBatches } from './read-batches.js';

/** A list of entries with these sizes; remembers the largest batch. */
function listOf(sizes: readonly number[]) {
  const all = sizes.map((size, at) => ({ id: String(at), size }));
  const batches: number[] = [];
  return {
    batches,
    findNext: async (after: string | undefined, count: number) => {
      const from = after === undefined ? 0 : Number(after) + 1;
      return all.slice(from, from + count);
    },
    async read(ids: readonly string[]) {
      batches.push(ids.reduce((sum, id) => sum + (all[Number(id)]?.size ?? 0), 0));
      return ids;
    },
  };
}

describe('A list that is read in batches', () => {
  it('gives each entry once, in order, up to the limit, and no batch is long unless one entry is', async () => {
    const sizes = fc.array(fc.oneof(fc.nat(2_000), fc.nat(600_000)), { maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 1, max: 250 }), async (list, limit) => {
        const source = listOf(list);
        const read: string[] = [];
        for await (const batch of readBatches(source, { limit })) read.push(...batch);
        expect(read).toEqual(list.slice(0, limit).map((_, at) => String(at)));
        const longest = Math.max(0, ...list);
        for (const size of source.batches) expect(size).toBeLessThanOrEqual(Math.max(128 * 1024, longest));
      }),
    );
  });

  it('is not read on when its reader stops', async () => {
    const source = listOf(Array.from({ length: 100 }, () => 1_000_000));
    for await (const batch of readBatches(source, { limit: 100 })) {
      expect(batch).toEqual(['0']);
      break;
    }
    expect(source.batches).toEqual([1_000_000]);
  });
});
