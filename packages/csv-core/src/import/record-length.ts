import { isLastResort } from '../detect-platform.js';
import { compileMapping } from '../mapping/compile-mapping.js';
import type { RecognizedColumns } from './recognize-columns.js';

/** Estimates how long the record of a row will be, in UTF-16 units: more than its cells, because records repeat names. */
export type RecordLength = (cells: readonly string[]) => number;

/** What an item of a pledge takes, besides its cell: ids and keys. Measured in memory, where it takes the most. */
const ITEM_LENGTH = 150;

/** What a name takes with each cell: it is stored, and is in memory a second time while the record is put together. */
const nameLength = (name: string): number => 2 * name.length + 40;

/** A cell that may count units of a product. */
const COUNT = /^\d{1,9}$/;

/**
 * Creates the estimate for the rows below a header. With each cell of a question, or of a column without a field, its record
 * keeps the name of the column, and each cell of a count column that is not 0 becomes an item. Where nobody knows yet what the
 * columns are, any may become either.
 */
export function recordLengthOf(
  headers: readonly string[],
  { platform, columns }: Pick<RecognizedColumns, 'platform' | 'columns'>,
): RecordLength {
  const isDecided = platform !== null && (columns !== null || !isLastResort(platform));
  const names = new Uint32Array(headers.length);
  const mayCount = new Uint8Array(headers.length);
  if (isDecided) {
    const { questions, extras, counts } = compileMapping(headers, platform, columns ?? undefined);
    for (const { position, name } of [...questions, ...extras]) names[position] = nameLength(name);
    for (const { position } of counts) mayCount[position] = 1;
  } else {
    for (const [position, header] of headers.entries()) names[position] = nameLength(header);
    mayCount.fill(1);
  }
  return (cells) => {
    let length = 0;
    for (let position = 0; position < cells.length; position += 1) {
      const cell = cells[position];
      if (cell === undefined || cell === '') continue;
      length += cell.length + (names[position] ?? 0);
      if (mayCount[position] === 1 && cell !== '0' && COUNT.test(cell)) length += ITEM_LENGTH;
    }
    return length;
  };
}
