import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  firstRowWins,
  lastRowWins,
  mergeRows,
  sameCells,
  sameVersions,
  type VersionedRow,
} from './merge-rows.js';

const columns = ['name', 'phone', 'extra'];

/** A row as a file has it. Its number decides its cells, as it does in a file. */
function fileRow(sequence: number, row: number): VersionedRow {
  const seed = sequence * 7 + row * 3;
  const extra = { ...(seed % 2 ? { Size: `s${seed}` } : {}), ...(seed % 3 ? { Colour: `c${seed}` } : {}) };
  return {
    sequence,
    row,
    fills: null,
    cells: [seed % 4 ? `name ${seed}` : null, seed % 5 < 2 ? `+${seed}` : null, seed % 6 ? extra : null],
  };
}

const fileRows = fc.uniqueArray(
  fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 6 })).map(([s, r]) => fileRow(s, r)),
  { minLength: 1, maxLength: 8, selector: ({ sequence, row }) => `${sequence}/${row}` },
);

const mergeAll = (rows: readonly VersionedRow[], compare = lastRowWins) =>
  rows.slice(1).reduce((a, b) => mergeRows(a, b, columns, compare), rows[0] ?? fileRow(1, 1));

describe('mergeRows', () => {
  it.each([
    ['lastRowWins', lastRowWins],
    ['firstRowWins', firstRowWins],
  ])('gives the same state in whatever order rows are written (%s)', (_name, compare) => {
    fc.assert(
      fc.property(
        fileRows.chain((rows) =>
          fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
        ),
        ([rows, shuffled]) => {
          const straight = mergeAll(rows, compare);
          const other = mergeAll(shuffled, compare);
          expect(sameCells(straight, other)).toBe(true);
          expect(sameVersions(straight, other)).toBe(true);
        },
      ),
    );
  });

  it('gives the same state when rows are grouped in another way', () => {
    fc.assert(
      fc.property(fileRows, fc.nat(), (rows, cut) => {
        const at = 1 + (cut % rows.length);
        const [left, right] = [rows.slice(0, at), rows.slice(at)];
        if (right.length === 0) return;
        const grouped = mergeRows(mergeAll(left), mergeAll(right), columns, lastRowWins);
        expect(grouped).toEqual(mergeAll(rows));
      }),
    );
  });

  it('changes nothing when a row is written twice', () => {
    fc.assert(
      fc.property(fileRows, fc.nat(), (rows, pick) => {
        const merged = mergeAll(rows);
        const again = mergeRows(merged, rows[pick % rows.length] ?? merged, columns, lastRowWins);
        expect(again).toEqual(merged);
      }),
    );
  });

  it('takes every cell from the last row that has a value for it', () => {
    const first: VersionedRow = { sequence: 1, row: 1, fills: null, cells: ['Ada', '1', { A: 'x', B: 'y' }] };
    const second: VersionedRow = { sequence: 2, row: 9, fills: null, cells: ['Ada L.', null, { B: 'z' }] };
    const merged = mergeRows(first, second, columns, lastRowWins);
    expect(merged.cells).toEqual(['Ada L.', '1', { A: 'x', B: 'z' }]);
    expect(merged.fills).toEqual({ phone: [1, 1], 'extra/A': [1, 1] });
  });

  it('takes from a row that is written late only the cells in which it is the newest', () => {
    const oldest: VersionedRow = { sequence: 1, row: 1, fills: null, cells: ['Ada', '1', null] };
    const newest: VersionedRow = { sequence: 3, row: 1, fills: null, cells: ['Ada', null, null] };
    const late: VersionedRow = { sequence: 2, row: 1, fills: null, cells: ['A.', '2', null] };
    const merged = mergeAll([oldest, newest, late]);
    expect(merged.cells).toEqual(['Ada', '2', null]);
  });
});
