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
