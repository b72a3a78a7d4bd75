import { describe, expect, it } from 'vitest';
import { placeAfter } from './move-place.js';

const extent = { lines: 50, columns: 8, page: 10 };
const press = (key: string, ctrlKey = false) =>
  placeAfter({ line: 5, column: 3 }, { key, ctrlKey, metaKey: false }, extent);

describe('The keys of a grid', () => {
  it('lead one cell on, a page, or to an end', () => {
    expect(press('ArrowUp')).toEqual({ line: 4, column: 3 });
    expect(press('ArrowRight')).toEqual({ line: 5, column: 4 });
    expect(press('PageDown')).toEqual({ line: 15, column: 3 });
    expect(press('End')).toEqual({ line: 5, column: 7 });
    expect(press('Home', true)).toEqual({ line: 0, column: 0 });
    expect(press('ArrowDown', true)).toEqual({ line: 49, column: 3 });
  });

  it('never lead out of it, and leave other keys alone', () => {
    expect(press('PageUp')).toEqual({ line: 0, column: 3 });
    expect(
      placeAfter({ line: 49, column: 7 }, { key: 'ArrowRight', ctrlKey: false, metaKey: false }, extent),
    ).toEqual({
      line: 49,
      column: 7,
    });
    expect(press('z', true)).toBeNull();
  });
});
