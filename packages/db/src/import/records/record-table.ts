import type { Cell, CompareVersions } from './merge-rows.js';

/** A column of a table of records. */
export interface RecordColumn {
  readonly name: string;
  /** Postgres type. */
  readonly type: string;
  /** JSON columns whose entries are merged one by one. */
  readonly entries?: EntriesFormat;
  /** The cell behind what the driver read, where that is neither a text nor entries. */
  readonly decode?: (value: unknown) => Cell;
}

/** A column together with how its cell is read from a row: declared once, so that the two cannot come apart. */
export interface SourceColumn<Source> extends RecordColumn {
  readonly cellOf: (source: Source) => Cell;
}

/** How entries (name to text) become JSON in a column, and back. */
export interface EntriesFormat {
  readonly encode: (entries: Readonly<Record<string, string>>) => unknown;
  readonly decode: (json: unknown) => Readonly<Record<string, string>>;
  /** What an entry says, where its text also holds something else. A record whose entries say the same is not changed. */
  readonly saying?: (text: string) => string;
}

/** A table that rows of files write into, by name-based id. */
export interface RecordTable {
  readonly name: string;
  readonly idColumn: string;
  readonly columns: readonly RecordColumn[];
  readonly columnNames: readonly string[];
  readonly compare: CompareVersions;
}

/** A table with how its rows are made. */
export interface SourceTable<Source> extends RecordTable {
  /** Cells in the order of the columns. */
  readonly cellsOf: (source: Source) => readonly Cell[];
}

export function defineRecordTable<Source>(
  definition: Pick<RecordTable, 'name' | 'idColumn' | 'compare'> & {
    readonly columns: readonly SourceColumn<Source>[];
  },
): SourceTable<Source> {
  const readers = definition.columns.map(({ cellOf }) => cellOf);
  return {
    ...definition,
    columnNames: definition.columns.map(({ name }) => name),
    cellsOf: (source) => readers.map((cellOf) => cellOf(source)),
  };
}

/**
 * Reads the cells of one column.
 *
 * @throws RangeError when the table has no such column: call it when the module is loaded, so that a renamed column is found at once
 */
export function cellReader(table: RecordTable, column: string): (cells: readonly Cell[]) => string | null {
  const index = table.columnNames.indexOf(column);
  if (index < 0) throw new RangeError(`The table ${table.name} has no column ${column}`);
  return (cells) => {
    const cell = cells[index];
    return typeof cell === 'string' ? cell : null;
  };
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
  if (column.decode) return column.decode(value);
  if (value instanceof Date) return value.toISOString();
  return String(value);
}
