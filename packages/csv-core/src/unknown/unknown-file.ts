import type { ColumnCells } from '../suggest/column-cells.js';

/** A file of no known platform: its header row, and the cells of its columns. */
export interface UnknownFile {
  readonly headers: readonly string[];
  readonly cells: readonly ColumnCells[];
  /** Some whole rows, in which columns are compared with each other. */
  readonly sampleRows: readonly (readonly string[])[];
}
