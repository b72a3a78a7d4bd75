import { describe, expect, it } from 'vitest';
import { thrownBy } from '../encoding/encode-text.testing.js';
import { inOneStep, runAtOnce } from '../steps.js';
import type { OrderGrouping } from './order-grouping.js';
import { createTableReader, type TableOptions, type TableTotals } from './read-table.js';
import { keepCells, type RowChunk } from './row-chunk.js';

interface Read {
  readonly header: readonly [headers: readonly string[], line: number] | null;
  readonly chunks: readonly RowChunk[];
  readonly totals: TableTotals;
}

/** Reads rows that are written as texts: cells are separated by commas, and each row is one line. */
function read(
  rows: readonly string[],
  options: TableOptions = {},
  grouping: OrderGrouping | null = null,
): Read {
  const chunks: RowChunk[] = [];
  let header: Read['header'] = null;
  const reader = createTableReader({
    ...options,
    open({ headers, line }) {
      header = [headers, line];
      return inOneStep({ ...keepCells(), orders: grouping, end: inOneStep<TableTotals> });
    },
    onChunk: (chunk) => chunks.push(chunk),
  });
  runAtOnce(reader.pushInSteps(rows.map((row, index) => ({ row: row.split(','), line: index + 1 }))));
  const totals = runAtOnce(reader.endInSteps());
  return { header, chunks, totals };
}

/** The first cells of the rows of each chunk. */
function firstCells({ chunks }: Read): string[] {
  return chunks.map(({ rows }) => rows.map(([cell]) => cell).join(' '));
}

const isHeader = (cells: readonly string[]) => cells[0] === 'Order';

describe('createTableReader', () => {
  it('gives rows and lines as they were pushed, and the totals', () => {
    expect(read(['', 'a,b,', ' ,', '1,2,,', '3'])).toEqual({
      header: [['a', 'b'], 2],
      chunks: [{ index: 0, firstRow: 1, lines: [4, 5], headers: ['a', 'b'], rows: [['1', '2'], ['3']] }],
      totals: { rows: 2, chunks: 1, headerLine: 2, titleLines: [], slippedRows: null },
    });
  });

  it.each([
    ['empty_file', []],
    ['no_header', ['', ' ,']],
    ['no_rows', ['a,b', ',']],
  ])('refuses with %s the rows %j', (code, rows) => {
    expect(thrownBy(() => read(rows))).toMatchObject({ name: 'CsvFileError', code });
  });

  it('numbers rows and chunks from the given numbers, but counts only its own', () => {
    const { chunks, totals } = read(['a', '1', '2', '3'], { firstRow: 11, firstChunk: 4, chunkRows: 2 });
    expect(chunks.map(({ index, firstRow, lines }) => [index, firstRow, lines])).toEqual([
      [4, 11, [2, 3]],
      [5, 13, [4]],
    ]);
    expect(totals).toMatchObject({ rows: 3, chunks: 2 });
  });

  it('limits the number of a row, not how many rows it has itself', () => {
    expect(read(['a', '1', '2'], { firstRow: 9, maxRows: 10 }).totals.rows).toBe(2);
    const error = thrownBy(() => read(['a', '1', '2', '3'], { firstRow: 9, maxRows: 10 }));
    expect(error).toMatchObject({ code: 'too_many_rows', line: 4 });
  });

  it.each<[code: string, row: string, options: TableOptions]>([
    ['too_many_columns', '1,2,3', { maxColumns: 2 }],
    ['cell_too_long', '1,123456', { maxCellLength: 5 }],
  ])('stops with %s and names the line', (code, row, options) => {
    expect(thrownBy(() => read(['a,b', '1,2', row], options))).toMatchObject({ code, line: 3 });
    expect(read(['a,b', row]).totals.rows).toBe(1);
  });

  it('does not count blank cells at the end of a row', () => {
    expect(read(['a,b,,,', '1,2, ,', ',,,'], { maxColumns: 2 }).totals.rows).toBe(1);
  });

  it('packs each row as soon as it is pushed, without blank cells at its end', () => {
    const packed: string[] = [];
    const chunks: RowChunk<string>[] = [];
    let bytes = '';
    const reader = createTableReader({
      maxChunkLength: 6,
      open: () =>
        inOneStep({
          orders: null,
          add(cells: readonly string[]) {
            packed.push(cells.join('|'));
            bytes += JSON.stringify(cells);
          },
          take() {
            const taken = bytes;
            bytes = '';
            return taken;
          },
          end: inOneStep<TableTotals>,
        }),
      onChunk: (chunk) => chunks.push(chunk),
    });
    const push = (row: readonly string[], line: number) => runAtOnce(reader.pushInSteps([{ row, line }]));
    push(['a', 'b'], 1);
    push(['1', '2', ''], 2);
    expect(packed).toEqual(['1|2']);
    push(['3456', ''], 3);
    push(['7'], 4);
    runAtOnce(reader.endInSteps());
    expect(chunks.map(({ rows }) => rows)).toEqual(['["1","2"]["3456",""]', '["7"]']);
  });

  describe('with title lines', () => {
    it('finds a known header below them', () => {
      const { header, chunks, totals } = read(['Report,2024', '', 'All orders', 'Order,Mail', '1,a'], {
        isHeader,
      });
      expect(header).toEqual([['Order', 'Mail'], 4]);
      expect(chunks).toMatchObject([{ firstRow: 1, lines: [5], rows: [['1', 'a']] }]);
      expect(totals).toEqual({
        rows: 1,
        chunks: 1,
        headerLine: 4,
        titleLines: [1, 3],
        slippedRows: null,
      });
    });

    it('takes the first row for the header when none is known, and loses no row', () => {
      const rows = Array.from({ length: 30 }, (_, index) => `${index},x`);
      for (const count of [1, 19, 20, 30]) {
        const { header, chunks, totals } = read(['a,b', ...rows.slice(0, count)], { isHeader });
        expect(header).toEqual([['a', 'b'], 1]);
        expect(chunks.flatMap((chunk) => chunk.lines)).toEqual(rows.slice(0, count).map((_, at) => at + 2));
        expect(totals).toMatchObject({ rows: count, headerLine: 1, titleLines: [] });
      }
    });

    it('searches only the first 20 rows with text for a header', () => {
      const titles = Array.from({ length: 19 }, (_, index) => `title ${index}`);
      expect(read([...titles, '', 'Order', '1'], { isHeader }).totals.headerLine).toBe(21);
      expect(read([...titles, 'one more', 'Order', '1'], { isHeader }).totals).toMatchObject({
        headerLine: 1,
        rows: 21,
      });
    });

    it('keeps no more text than fits in a chunk while it searches for a header', () => {
      const { totals } = read(['123456', '123456', 'Order', '1'], { isHeader, maxChunkLength: 10 });
      expect(totals).toMatchObject({ headerLine: 1, rows: 3 });
    });

    it('reads a repeated header below the first one as data', () => {
      expect(read(['Order', '1', 'Order', '2'], { isHeader }).totals).toMatchObject({
        rows: 3,
        headerLine: 1,
      });
    });

    it('refuses with no_rows a table whose header is the last row', () => {
      expect(thrownBy(() => read(['title', 'Order'], { isHeader }))).toMatchObject({ code: 'no_rows' });
    });
  });

  describe('with orders of several rows', () => {
    const repeated: OrderGrouping = { orderColumn: 0, blankContinues: false };
    const blank: OrderGrouping = { orderColumn: 0, blankContinues: true };

    it('leaves a full chunk open while rows continue an order', () => {
      const rows = ['id', 'A', 'B', 'B', ' B ', 'C', 'D', 'E'];
      const result = read(rows, { chunkRows: 2 }, repeated);
      expect(firstCells(result)).toEqual(['A B B  B ', 'C D', 'E']);
      expect(result.chunks.map((chunk) => chunk.firstRow)).toEqual([1, 5, 7]);
      expect(result.totals).toMatchObject({ rows: 7, chunks: 3 });
      expect(firstCells(read(rows, { chunkRows: 2 }))).toEqual(['A B', 'B  B ', 'C D', 'E']);
    });

    it('continues the order above with a blank cell where the platform does so', () => {
      const rows = ['id,x', 'A,1', ',2', ' ,3', 'A,4', 'B,5', ',6'];
      expect(firstCells(read(rows, { chunkRows: 1 }, blank))).toEqual(['A    A', 'B ']);
      expect(firstCells(read(rows, { chunkRows: 1 }, repeated))).toEqual(['A', '', ' ', 'A', 'B', '']);
    });

    it('starts an order with a first row whose number is blank', () => {
      expect(firstCells(read(['id,x', ',1', ',2', 'A,3'], { chunkRows: 1 }, blank))).toEqual([' ', 'A']);
    });

    it('reads a row that ends before the order column like one with a blank cell', () => {
      const grouping = { orderColumn: 1, blankContinues: true };
      expect(firstCells(read(['x,id', '1,A', '2', '3,B'], { chunkRows: 1 }, grouping))).toEqual(['1 2', '3']);
    });

    it('refuses an order with too many rows and names the line where it starts', () => {
      const rows = ['id', 'A', 'B', 'B', 'B', 'B'];
      expect(read(rows.slice(0, 5), { maxOrderRows: 3 }, repeated).totals.rows).toBe(4);
      const error = thrownBy(() => read(rows, { maxOrderRows: 3 }, repeated));
      expect(error).toMatchObject({ code: 'order_too_long', line: 3 });
    });

    it('refuses an order that would make its chunk longer than twice the limit', () => {
      const rows = ['id,x', 'A,123', 'B,1234', 'B,1234567', 'B,123'];
      expect(firstCells(read(rows.slice(0, 4), { maxChunkLength: 10 }, repeated))).toEqual(['A B B']);
      const error = thrownBy(() => read(rows, { maxChunkLength: 10 }, repeated));
      expect(error).toMatchObject({ code: 'order_too_long', line: 3 });
    });

    it('reads a single row of any length', () => {
      const rows = ['id,x', `A,${'1'.repeat(99)}`, `B,${'1'.repeat(99)}`];
      expect(firstCells(read(rows, { maxChunkLength: 10 }, repeated))).toEqual(['A', 'B']);
    });
  });
});
