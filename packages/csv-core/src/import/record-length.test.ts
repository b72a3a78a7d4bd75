import { describe, expect, it } from 'vitest';
import { keepCells, type RowChunk } from '../csv/row-chunk.js';
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
