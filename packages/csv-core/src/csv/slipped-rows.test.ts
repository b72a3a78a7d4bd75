import { describe, expect, it } from 'vitest';
import { type CsvReaderOptions, createCsvReader } from './read-csv.js';
import type { SlippedRows } from './slipped-rows.js';

function find(lines: readonly string[], options: Partial<CsvReaderOptions> = {}): SlippedRows | null {
  const reader = createCsvReader({ ...options, onHeader: () => {}, onChunk: () => {} });
  reader.push(new TextEncoder().encode(lines.map((line) => `${line}\n`).join('')));
  return reader.end().slippedRows;
}

const rowsOf = (found: SlippedRows | null) => found?.first.map(({ row, line }) => [row, line]);

const header = 'id,mail,address,city,note';
const even = (n: number) => `${n},a${n}@example.com,1 Main St,Paris,`;
const slipped = (n: number) => `${n},a${n}@example.com,1 Main St, Apt 4,Paris,`;
const many = (count: number, row: (n: number) => string, from = 1) =>
  Array.from({ length: count }, (_, at) => row(from + at));

describe('a slipped row', () => {
  it('is found where the table ends with a blank column, and reported with its place and first cells', () => {
    expect(find([header, even(1), '', slipped(2), even(3)])).toEqual({
      width: 5,
      count: 1,
      first: [
        {
          row: 2,
          line: 4,
          width: 6,
          cells: ['2', 'a2@example.com', '1 Main St', ' Apt 4', 'Paris', ''],
        },
      ],
    });
  });

  it('is reported with its number in the upload and its line in the file', () => {
    const title = 'Orders of 2024';
    const found = find([title, header, `1,"two\nlines",x,y,`, slipped(2)], {
      firstRow: 101,
      chunkRows: 1,
      isHeader: ([cell]) => cell === 'id',
    });
    expect(rowsOf(found)).toEqual([[102, 5]]);
  });

  it('is found when it is the last row of a file, and when it is one of two', () => {
    for (const count of [1, 15, 16, 17, 1_000]) {
      expect(rowsOf(find([header, ...many(count, even), slipped(0)]))).toEqual([[count + 1, count + 2]]);
    }
  });

  it('may have slipped by two columns, when both at the end are blank', () => {
    const twice = '2,b@example.com,1 Main St, Apt 4, Rear,,';
    expect(find([header, even(1), even(2), twice, slipped(3)])).toMatchObject({
      count: 2,
      first: [
        { row: 3, width: 7 },
        { row: 4, width: 6 },
      ],
    });
  });

  it('is counted when there are many, and the first twenty are reported with their places', () => {
    const found = find([header, ...many(500, (n) => (n % 5 === 0 ? slipped(n) : even(n)))]);
    expect(found?.count).toBe(100);
    expect(rowsOf(found)).toEqual(Array.from({ length: 20 }, (_, at) => [at * 5 + 5, at * 5 + 6]));
  });

  it('is found beside rows that are too long, cut in two by a line break, or below the table', () => {
    const tooLong = '9,b@example.com,1 Main St, Apt 4,Paris,hello';
    const broken = ['8,c@example.com,1 Main', 'St,Paris,'];
    expect(rowsOf(find([header, ...many(4, even), tooLong, ...broken, slipped(5), 'Total']))).toEqual([
      [8, 9],
    ]);
  });

  it('is reported with no more than its first cells', () => {
    const names = Array.from({ length: 99 }, (_, at) => `c${at}`);
    const found = find([names.join(','), names.join(','), [...names, ''].join(',')]);
    expect(found?.first[0]).toMatchObject({ width: 100, cells: names.slice(0, 12) });
  });
});

describe('no slipped row is found where', () => {
  it.each<[string, readonly string[]]>([
    ['every row is as wide as the header', [header, even(1), even(2)]],
    ['every row ends with a delimiter', [header, ...many(9, (n) => `${even(n)},`)]],
    ['most rows end with a delimiter', [header, even(1), ...many(2, (n) => `${even(n)},`)]],
    ['the header ends with a blank cell', [`${header},`, even(1), even(2), `${even(3)},,`]],
    ['rows end with their last cell', [header, even(1), ...many(3, (n) => `${n},x`), slipped(2)]],
    ['the surplus cell is filled, which rejects the row', [header, even(1), `${slipped(2)}x`]],
    ['the surplus row is blank', [header, even(1), ',,,,,']],
    ['there is one column', ['mail', 'a@example.com', 'b@example.com,']],
  ])('%s', (_why, lines) => {
    expect(find(lines)).toBeNull();
  });

  it.each([
    ['a note stands beside the table', 20],
    ['a cell beside the table has only a colour', null],
  ])('Excel wrote a block of wider rows, because %s', (_why, noteAt) => {
    // Lines 17 to 32, and the last block, which has only five rows.
    const line = (n: number) => {
      const isWide = (n >= 17 && n <= 32) || n >= 49;
      return `${even(n)}${isWide ? ',' : ''}${n === noteAt ? 'call them' : ''}`;
    };
    expect(find([header, ...many(52, line, 2)])).toBeNull();
    const slip = (n: number) => (n === 40 ? slipped(n) : line(n));
    expect(find([header, ...many(52, slip, 2)])?.first.map((row) => row.line)).toContain(40);
  });
});
