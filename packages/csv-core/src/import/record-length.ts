import { isLastResort } from '../detect-platform.js';
import { compileMapping, type Mapping } from '../mapping/compile-mapping.js';
import type { RecognizedColumns } from './recognize-columns.js';

/** Estimates how long the record of a row will be, in UTF-16 units: more than its cells, because records repeat names. */
export type RecordLength = (cells: readonly string[]) => number;

/** What an item of a pledge takes, besides its cell: ids and keys. Measured in memory, where it takes the most. */
const ITEM_LENGTH = 150;

/** What any cell takes, also a blank one: its JSON, and its places in two lists when the chunk is read again. */
const CELL_LENGTH = 12;

/** What a name takes with each cell: it is stored, and is in memory a second time while the record is put together. */
const nameLength = (name: string): number => 2 * name.length + 40;

/** A cell that counts units of a product, and nothing else. */
const COUNT = /^\d{1,9}$/;

/** What a filled cell takes besides its text, by the position of its column. */
interface ColumnLengths {
  /** When it holds words. */
  readonly words: Uint32Array;
  /** When it holds a whole number other than 0. */
  readonly numbers: Uint32Array;
  /** When it holds 0. */
  readonly zeros: Uint32Array;
  /** 1 where it lists items, separated by semicolons. */
  readonly lists: Uint8Array;
}

/**
 * Creates the estimate for the rows below a header. With each cell of a question, or of a column without a field, its record
 * keeps the name of the column. Each cell of a count column that is not 0 becomes an item, or an answer where it holds words.
 * Where nobody knows yet what the columns are, any may become either.
 */
export function recordLengthOf(
  headers: readonly string[],
  { platform, columns }: Pick<RecognizedColumns, 'platform' | 'columns'>,
): RecordLength {
  const isDecided = platform !== null && (columns !== null || !isLastResort(platform));
  const { words, numbers, zeros, lists } = isDecided
    ? decidedLengths(headers.length, compileMapping(headers, platform, columns ?? undefined))
    : possibleLengths(headers);
  return (cells) => {
    let length = CELL_LENGTH * cells.length;
    for (let position = 0; position < cells.length; position += 1) {
      const cell = cells[position];
      if (cell === undefined || cell === '') continue;
      const ofWords = words[position] ?? 0;
      const ofNumber = numbers[position] ?? 0;
      // Most columns need no look at their cells.
      const isNumber = ofWords !== ofNumber && COUNT.test(cell);
      length += cell.length + (cell === '0' ? (zeros[position] ?? 0) : isNumber ? ofNumber : ofWords);
      if (lists[position] === 1) length += ITEM_LENGTH * cell.split(';').length;
    }
    return length;
  };
}

function noLengths(columns: number): ColumnLengths {
  return {
    words: new Uint32Array(columns),
    numbers: new Uint32Array(columns),
    zeros: new Uint32Array(columns),
    lists: new Uint8Array(columns),
  };
}

function decidedLengths(columnCount: number, { questions, extras, counts, items }: Mapping): ColumnLengths {
  const lengths = noLengths(columnCount);
  const { words, numbers, zeros, lists } = lengths;
  for (const { position, name } of [...questions, ...extras]) {
    words[position] = numbers[position] = zeros[position] = nameLength(name);
  }
  for (const { position, name } of counts) {
    words[position] = Math.max(nameLength(name), ITEM_LENGTH);
    numbers[position] = ITEM_LENGTH;
  }
  for (const columns of items) {
    const naming = columns.filter(({ part }) => part === 'name' || part === 'sku');
    for (const { position } of naming) {
      // A name and a SKU are one item.
      words[position] = numbers[position] = zeros[position] = ITEM_LENGTH / naming.length;
    }
    for (const { position, part } of columns) if (part === 'packed') lists[position] = 1;
  }
  return lengths;
}

function possibleLengths(headers: readonly string[]): ColumnLengths {
  const lengths = noLengths(headers.length);
  for (const [position, header] of headers.entries()) {
    const name = nameLength(header);
    lengths.words[position] = lengths.zeros[position] = name;
    lengths.numbers[position] = Math.max(name, ITEM_LENGTH);
  }
  return lengths;
}
