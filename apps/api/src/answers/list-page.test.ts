import { cutPage, type PageStart } from '@pledgeline/db';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cursorParameter, writeCursor } from './cursor.js';
import { writeCursors } from './list-page.js';

const cursor = cursorParameter(z.int());

/** A list of the numbers below `size`, a page of which is read as a database would. */
function listOf(size: number, limit: number) {
  const numbers = Array.from({ length: size }, (_, at) => at);
  return (text: string | null) => {
    const start: PageStart<number> | undefined = cursor.parse(text ?? undefined);
    const read =
      start === undefined
        ? numbers
        : start.side === 'after'
          ? numbers.filter((each) => each > start.key)
          : numbers.filter((each) => each < start.key).reverse();
    const { rows, ...beside } = cutPage(read.slice(0, limit + 1), { start, limit }, (each) => each);
    return { rows, ...writeCursors(beside) };
  };
}

describe('The pages of a list', () => {
  it('lead through all of it in both directions, each entry once and in order', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.integer({ min: 1, max: 7 }), (size, limit) => {
        const page = listOf(size, limit);
        const forwards = [page(null)];
        for (let at = page(null); at.next !== null; forwards.push(at)) at = page(at.next);
        expect(forwards.flatMap(({ rows }) => rows)).toEqual(Array.from({ length: size }, (_, at) => at));
        expect(forwards[0]?.previous).toBeNull();

        const last = forwards.at(-1) ?? page(null);
        const backwards = [last];
        for (let at = last; at.previous !== null; backwards.unshift(at)) at = page(at.previous);
        expect(backwards.map(({ rows }) => rows)).toEqual(forwards.map(({ rows }) => rows));
      }),
    );
  });
});

describe('A cursor', () => {
  it('is read as it was written, and can stand in a URL as it is', () => {
    const parameter = cursorParameter(z.tuple([z.string(), z.null(), z.int()]));
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.constantFrom('after', 'before'), (text, number, side) => {
        const start: PageStart<[string, null, number]> = { side, key: [text, null, number] };
        const written = writeCursor(start);
        expect(encodeURIComponent(written)).toBe(written);
        expect(parameter.parse(written)).toEqual(start);
      }),
    );
  });

  it.each([
    '',
    'abc',
    '019ab3f0-5c1e-7d2a-9f3b-2a1c4e5d6f70',
    writeCursor({ side: 'after', key: 'of another list' }),
  ])('that no page of the list has answered is refused: %j', (text) => {
    expect(cursor.safeParse(text).error?.issues.map(({ message }) => message)).toEqual([
      'must be the "next" or "previous" of another page of this list',
    ]);
  });
});
