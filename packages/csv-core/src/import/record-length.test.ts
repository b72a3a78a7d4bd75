import { describe, expect, it } from 'vitest';
import { keepCells, type RowChunk } from '../csv/row-chunk.js';
import { findPlatform } from '../platforms/index.js';
import { recordLengthOf } from './record-length.js';
import { openTextImport } from './table-import.js';

/** The sizes of the chunks of a file that is imported with a small budget for records. */
function chunkSizes(csv: string, maxRecordsLength: number): readonly number[] {
  const chunks: RowChunk[] = [];
  const table = openTextImport({
    maxRecordsLength,
    packer: keepCells,
    onChunk: (chunk) => chunks.push(chunk),
  });
  table.push(new TextEncoder().encode(csv));
  table.end();
  return chunks.map(({ lines }) => lines.length);
}

const file = (headers: readonly string[], row: readonly string[], count: number) =>
  [headers, ...Array<readonly string[]>(count).fill(row)].map((cells) => `${cells.join(',')}\n`).join('');

const kickstarter = [
  'Backer Number',
  'Backer UID',
  'Backer Name',
  'Email',
  'Pledge Amount',
  'Pledged Status',
];
const pledge = ['1', '2', 'Ada', 'ada@example.com', '$5.00 USD', 'collected'];

describe('a chunk', () => {
  it('is closed by the names of columns that each of its records repeats', () => {
    const name = 'x'.repeat(900);
    const csv = file([...kickstarter, name], [...pledge, 'y'], 4);
    expect(chunkSizes(csv, 3_600)).toEqual([2, 2]);
    expect(chunkSizes(file([...kickstarter, 'Sleeve'], [...pledge, 'y'], 4), 3_600)).toEqual([4]);
  });

  it('is closed by the items that its cells make, but not by cells that make none', () => {
    const addOns = Array.from({ length: 5 }, (_, n) => `[Addon: ${n + 1}] Dice`);
    const headers = [...kickstarter, ...addOns];
    expect(chunkSizes(file(headers, [...pledge, '1', '1', '1', '1', '1'], 4), 1_500)).toEqual([2, 2]);
    expect(chunkSizes(file(headers, [...pledge, '0', '0', '0', '0', '0'], 4), 1_500)).toEqual([4]);
  });

  it('is closed by what the columns may become where nobody knows yet what they are', () => {
    expect(chunkSizes(file(['Wer', 'x'.repeat(900)], ['Ada', '1'], 4), 3_600)).toEqual([2, 2]);
  });
});

describe('recordLengthOf', () => {
  const lengthBy = (name: string, headers: readonly string[]) => {
    const platform = findPlatform(name);
    if (platform === undefined) throw new Error(`no platform ${name}`);
    return recordLengthOf(headers, { platform, columns: null });
  };

  it('adds the name of a count column whose cell holds words, since that becomes an answer', () => {
    const name = 'x'.repeat(200);
    const length = lengthBy('kickstarter', [...kickstarter, 'Backing Minimum', 'Notes', name]);
    const row = ['', '', '', '', '', '', '', ''];
    expect(length([...row, 'blue'])).toBe(9 * 12 + 4 + 2 * 200 + 40);
    expect(length([...row, '2'])).toBe(9 * 12 + 1 + 150);
    expect(length([...row, '0'])).toBe(9 * 12 + 1);
  });

  it('adds an item for each that a cell lists', () => {
    const length = lengthBy('woocommerce-skyverge', ['order_id', 'status', 'billing_email', 'line_items']);
    expect(length(['', '', '', 'name:A|quantity:1;name:B|quantity:1'])).toBe(4 * 12 + 35 + 2 * 150);
  });

  it('adds one item for the name and the SKU of an item', () => {
    const length = lengthBy('woocommerce-algolplus', ['Order Number', 'Item Name #1', 'SKU #1']);
    expect(length(['', 'Dice', 'D1'])).toBe(3 * 12 + 6 + 150);
  });

  it('adds what cells take that are blank', () => {
    expect(lengthBy('kickstarter', kickstarter)(Array(1_000).fill(''))).toBe(12_000);
  });
});
