import type { MappedRecord } from '@pledgeline/csv-core';
import type { Meaning, PreviewColumn, Sample } from './preview.js';
import { understoodCells } from './understood-cells.js';

const SHOWN_SAMPLES = 3;

/** The columns of a table, each with some of its cells and how these are understood. */
export function describeColumns(
  headers: readonly string[],
  meanings: readonly (Meaning | null)[],
  rows: readonly (readonly string[])[],
  records: readonly MappedRecord[],
): readonly PreviewColumn[] {
  const understood = understoodCells(records);
  return headers.map((header, position) => {
    const meaning = meanings[position] ?? null;
    const samples = new Map<string, Sample>();
    for (const [at, cells] of rows.entries()) {
      const raw = cells[position]?.trim() ?? '';
      // Different ones say more than the first ones.
      if (raw === '' || samples.has(raw)) continue;
      samples.set(raw, { raw, understood: understood(at + 1, meaning) });
      if (samples.size === SHOWN_SAMPLES) break;
    }
    return { position, header, meaning, samples: [...samples.values()] };
  });
}
