import { setImmediate } from 'node:timers/promises';
import { createRowBatch } from '../row-batch.js';
import type { SheetRow } from '../unpacked-file.js';
import { createSheetHandlers, type SheetSource } from './sheet-handlers.js';
import { createXmlReader } from './xml-reader.js';

/**
 * Reads the rows of a worksheet (ECMA-376 part 1, 18.3.1.73) while its XML arrives. Each row ends with its last cell
 * with text. Rows without a value are left out.
 *
 * @throws UnpackError `damaged_archive`, `workbook_too_large`, `unpacked_too_large`, `ratio_too_high`, and what
 * `pieces` throws
 */
export async function* readSheetRows(
  source: SheetSource,
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly SheetRow[]> {
  const batch = createRowBatch();
  const handlers = createSheetHandlers(source, (row) => {
    batch.add(row);
    // A piece may hold thousands of rows. The rest waits as XML, which takes less memory than rows.
    if (batch.isFull()) reader.pause();
  });
  const reader = createXmlReader(source.part, handlers);
  for await (const piece of pieces) {
    reader.push(piece);
    while (batch.isFull()) {
      yield batch.take();
      // The rest of the piece may be many batches. Reading them waits for nothing, so the event loop gets a turn here.
      await setImmediate();
      reader.resume();
    }
  }
  reader.end();
  const rest = batch.take();
  if (rest.length > 0) yield rest;
}
