import { describe, expect, it } from 'vitest';
import type { Repair } from '../upload/answers.js';
import { renderRepairs } from './render-repairs.js';
import { styleFor } from './style.js';

const zips: Repair = {
  file: null,
  column: 'Zip',
  kind: 'cut_postal_code',
  repaired: true,
  count: 1200,
  examples: [{ line: 2, before: '2108', after: '02108' }],
};
const style = styleFor({ columns: 100 }, { noColor: true });
const render = (repairs: readonly Repair[]) =>
  renderRepairs(repairs, (name) => name, style).lines.map((line) => line.trim());

describe('renderRepairs', () => {
  it('says what was repaired, how often, with an example', () => {
    const words: Repair = {
      ...zips,
      file: 'a.csv',
      column: 'City',
      kind: 'null_word',
      count: 1,
      examples: [{ line: 3, before: 'NULL', after: null }],
    };
    expect(render([zips, words])).toEqual([
      '· Zip: postal code without its zeros, 1,200 cells; such as "2108", read as "02108"',
      '· City in "a.csv": word for a missing value, 1 cell; such as "NULL", read as blank',
    ]);
  });

  it('says what was kept where repairs were switched off', () => {
    expect(render([{ ...zips, repaired: false }])).toEqual([
      '· Zip: postal code without its zeros, 1,200 cells, kept as it is; such as "2108"',
    ]);
  });

  it('renders nothing where no cell was damaged, and the first ten kinds of very many', () => {
    expect(render([])).toEqual([]);
    expect(render(Array.from({ length: 12 }, () => zips)).at(-1)).toBe('· 2 more');
  });
});
