import type { Cell, CompareVersions } from './merge-rows.js';

/** A column that rows of a file write. */
export interface RecordColumn {
  readonly name: string;
  /** Postgres type. */
  readonly type: string;
  /** JSON columns: how the merged entries are stored. */
  readonly entries?: EntriesFormat;
}

/** How entries (name to text) become JSON in a column, and back. */
export interface EntriesFormat {
  readonly encode: (entries: Readonly<Record<string, string>>) => unknown;
  readonly decode: (json: unknown) => Readonly<Record<string, string>>;
}

/** A table that rows of files write into, by name-based id. */
export interface RecordTable {
  readonly name: string;
  readonly idColumn: string;
  readonly columns: readonly RecordColumn[];
  readonly columnNames: readonly string[];
  readonly compare: CompareVersions;
}

/** The text that Postgres gets for a cell. */
export function encodeCell(cell: Cell, column: RecordColumn): string | null {
  if (cell === null || typeof cell === 'string') return cell;
  return JSON.stringify(column.entries ? column.entries.encode(cell) : cell);
}

/** The cell behind what the driver read. */
export function decodeCell(value: unknown, column: RecordColumn): Cell {
  if (value === null || value === undefined) return null;
  if (column.entries) return column.entries.decode(value);
  if (value instanceof Date) return value.toISOString();
  return String(value);
}
