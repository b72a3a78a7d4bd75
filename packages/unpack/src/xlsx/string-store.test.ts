import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createStringStore } from './string-store.js';

it('The string store gives back the strings that were added, however many', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }),
      fc.integer({ min: 0, max: 5_000 }),
      (texts, more) => {
        const all = [...texts, ...Array.from({ length: more }, (_, n) => `größer als ${n}`)];
        const store = createStringStore();
        for (const text of all) store.add(text);
        expect(all.map((_, index) => store.get(index))).toEqual(all);
        expect(store.get(all.length)).toBeUndefined();
      },
    ),
    { numRuns: 30 },
  );
});

it('The string store has nothing at an index that is negative, fractional or too high', () => {
  const store = createStringStore();
  for (let n = 0; n < 3_000; n += 1) store.add('x');
  for (const index of [-1, 3_000, 1e9, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(store.get(index)).toBeUndefined();
  }
});

it('The string store does not join half of a surrogate pair with the strings beside it', () => {
  const store = createStringStore();
  for (const text of ['\ud83d', '\ude00', ...Array.from({ length: 2_000 }, () => 'x')]) store.add(text);
  expect([store.get(0), store.get(1), store.get(2)]).toEqual(['\ufffd', '\ufffd', 'x']);
});

it('The string store gives back long strings as well, and strings of characters of several bytes', () => {
  const texts = Array.from({ length: 40 }, (_, n) => `${n} größer 漢字 😀`.repeat(3_000 * (n % 5)));
  const store = createStringStore();
  for (const text of texts) store.add(text);
  expect(texts.map((_, index) => store.get(index))).toEqual(texts);
});

it('The string store that comes next uses the memory of one that was released, which has no strings any more', () => {
  const fill = () => {
    const store = createStringStore();
    for (let n = 0; n < 50_000; n += 1) store.add(`${n}`.padEnd(100, 'x'));
    return store;
  };
  const first = fill();
  const before = process.memoryUsage().arrayBuffers;
  for (let last = first, n = 0; n < 10; n += 1) {
    last.release();
    expect(last.get(0)).toBeUndefined();
    last = fill();
    expect(last.get(49_999)).toBe('49999'.padEnd(100, 'x'));
  }
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5 * 1024 ** 2);
});
