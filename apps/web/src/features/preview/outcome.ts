import type { MappedRows } from '@pledgeline/csv-core';
import type { TablePreview } from './preview.js';

/** How many rows would be imported, rejected and left out. */
export function outcomeOf({ importedRows, rejects, leftOut }: MappedRows): TablePreview['rows']['outcome'] {
  return { imported: importedRows, rejected: rejects.length, leftOut: leftOut.length };
}
