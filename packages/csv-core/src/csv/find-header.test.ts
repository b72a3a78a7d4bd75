import { describe, expect, it } from 'vitest';
import { createHeaderFinder, type HeaderFinderOptions } from './find-header.js';

function findIn(rows: readonly (readonly string[])[], options: Partial<HeaderFinderOptions> = {}) {
  const finder = createHeaderFinder({ isHeader: () => false, maxWaitingLength: 10_000, ...options });
  for (const [index, row] of rows.entries()) {
    const found = finder.look(row, index + 1);
    if (found !== null) return found;
  }
  return finder.end();
}

const header = ['Objednávka', 'Zákazník', 'Částka', 'Stav'];
const rows = [
  ['1', 'Ada', '20', 'ok'],
  ['2', 'Bo', '30', 'ok'],
  ['3', 'Cy', '30', ''],
];

describe('The header of a file that nobody knows', () => {
  it.each([
    ['one title', [['Report of the shop']]],
    [
      'titles in two cells',
      [
        ['Shop', 'Lamp'],
        ['From', '2024-01-01'],
        ['To', '2024-12-31'],
      ],
    ],
    ['a title that a spreadsheet has padded', [['Report of the shop', '', '', '']]],
  ])('is the first row as wide as the rest, below %s', (_, titles) => {
    const found = findIn([...titles, header, ...rows]);
    expect(found).toMatchObject({
      headers: header,
      line: titles.length + 1,
      titleLines: titles.map((__, index) => index + 1),
    });
    expect(found.rowsBelow.map(({ row }) => row)).toEqual(rows);
  });

  it.each([
    ['the rows are as wide', [header, ...rows]],
    ['its last columns have no name', [['Objednávka', 'Zákazník', 'Částka'], ...rows]],
    [
      'the rows below have an address or a number in each wider row',
      [
        ['Name', ''],
        ['1', 'ada@example.com', '20'],
        ['2', 'bo@example.com', '30'],
      ],
    ],
    ['it is a list of one column', [['Name'], ['Ada'], ['Bo']]],
    ['the file has no other row', [header]],
  ])('is the first row when %s', (_, table) => {
    expect(findIn(table)).toMatchObject({ line: 1, titleLines: [] });
  });

  it('is where the sender says it is', () => {
    const found = findIn([['A', 'B', 'C', 'D'], ['x'], header, ...rows], { headerLine: 3 });
    expect(found).toMatchObject({ headers: header, line: 3, titleLines: [1, 2] });
  });

  it('is refused where the file has no such line', () => {
    expect(() => findIn([header, ...rows], { headerLine: 9 })).toThrow('no row on line 9');
  });
});
