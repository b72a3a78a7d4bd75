import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../ids.js';
import { gatherRows, mergeIncoming } from './incoming.js';
import { firstRowWins, lastRowWins } from './merge-rows.js';

const columns = [
  { name: 'name', type: 'text' },
  { name: 'price', type: 'text' },
];
const backers = {
  name: 'backer',
  idColumn: 'id',
  columns,
  columnNames: ['name', 'price'],
  compare: lastRowWins,
};
const products = { ...backers, name: 'product', compare: firstRowWins };

describe.each([backers, products])('rows of a chunk for the table $name', (table) => {
  const gather = (...cells: readonly (readonly [string | null, string | null])[]) =>
    gatherRows(
      table,
      cells.map((each, index) => ({ id: 'a', row: index + 1, cells: each })),
      1,
    );

  it('have the fingerprint of their cells', async () => {
    expect(await gather(['Dice', '4'])).toMatchObject([{ rowFingerprint: fingerprint(['Dice', '4']) }]);
  });

  it('keep that of the winner when the other one adds nothing', async () => {
    const [one] = await gather(['Dice', '4'], ['Mat', '5']);
    expect(one?.rowFingerprint).toBe(fingerprint(one?.cells ?? []));
  });

  it('have no fingerprint when cells of both are in the record, whichever wins', async () => {
    expect(await gather(['Dice', null], ['Dice', '4'], ['Dice', null])).toMatchObject([
      { cells: ['Dice', '4'], rowFingerprint: null },
    ]);
  });

  it('give their fingerprint to the record when they win, though older cells stay in it', async () => {
    const [before] = await gatherRows(table, [{ id: 'a', row: 1, cells: ['Mat', '4'] }], 1);
    const [after] = await gatherRows(table, [{ id: 'a', row: 1, cells: ['Dice', null] }], 2);
    if (!(before && after)) throw new Error('nothing gathered');
    expect(mergeIncoming(table, before, after)).toMatchObject({
      cells: ['Dice', '4'],
      rowFingerprint: after.rowFingerprint,
    });
  });

  it('give no fingerprint when one row was mapped differently before and after a deploy', async () => {
    const [before] = await gatherRows(table, [{ id: 'a', row: 1, cells: ['Dice', null] }], 1);
    const [after] = await gatherRows(table, [{ id: 'a', row: 1, cells: ['Dice', '4'] }], 1);
    if (!(before && after)) throw new Error('nothing gathered');
    expect(mergeIncoming(table, before, after).rowFingerprint).toBeNull();
  });
});
