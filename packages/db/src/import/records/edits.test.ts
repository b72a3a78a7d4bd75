import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EDIT_BASE, editedRow } from './edits.js';
import { lastRowWins, mergeRows, type VersionedRow } from './merge-rows.js';
import { backerTable } from './tables.js';

const { columnNames } = backerTable;
const cell = fc.constantFrom(null, '', 'a', 'b');
const fileRow = fc
  .record({
    sequence: fc.integer({ min: 1, max: 4 }),
    row: fc.integer({ min: 1, max: 3 }),
    cells: fc.array(cell, { minLength: columnNames.length, maxLength: columnNames.length }),
  })
  .map((row): VersionedRow => ({ ...row, fills: null }));
const files = fc.uniqueArray(fileRow, {
  minLength: 1,
  selector: ({ sequence, row }) => `${sequence} ${row}`,
});

const merge = (rows: readonly VersionedRow[]) =>
  rows.reduce((all, row) => mergeRows(all, row, columnNames, lastRowWins));

/** Puts rows between others, each at the place that `places` says. */
function among(rows: readonly VersionedRow[], others: readonly VersionedRow[], places: readonly number[]) {
  const all = [...rows];
  for (const [at, other] of others.entries()) all.splice((places[at] ?? 0) % (all.length + 1), 0, other);
  return all;
}

const name = columnNames.indexOf('name');
const email = columnNames.indexOf('email');

describe('an edit by hand', () => {
  it('stays in force whatever files come before and after it, and changes no other cell', () => {
    fc.assert(
      fc.property(files, fc.nat(), (rows, place) => {
        const edit = editedRow(backerTable, 1, { name: 'Corrected' });
        const merged = merge(among(rows, [edit], [place]));
        expect(merged.cells[name]).toBe('Corrected');
        const without = merge(rows);
        expect(merged.cells.toSpliced(name, 1)).toEqual(without.cells.toSpliced(name, 1));
      }),
    );
  });

  it('wins over an earlier edit of the same cell, and stands beside one of another cell, in any order', () => {
    fc.assert(
      fc.property(files, fc.array(fc.nat(), { minLength: 3, maxLength: 3 }), (rows, places) => {
        const edits = [
          editedRow(backerTable, 1, { name: 'First' }),
          editedRow(backerTable, 2, { email: 'new@example.com' }),
          editedRow(backerTable, 3, { name: 'Second' }),
        ];
        const merged = merge(among(rows, edits, places));
        expect([merged.cells[name], merged.cells[email]]).toEqual(['Second', 'new@example.com']);
      }),
    );
  });

  it('comes after every file, and says only columns that the table has', () => {
    expect(editedRow(backerTable, 7, {}).sequence).toBe(EDIT_BASE + 7);
    expect(() => editedRow(backerTable, 0, {})).toThrow(RangeError);
    expect(() => editedRow(backerTable, 1, { shoe_size: '9' })).toThrow(
      'The table backer has no column shoe_size',
    );
  });
});
