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
  readonly insertSql: string;
  readonly selectSql: string;
  readonly lockSql: string;
  readonly updateSql: string;
}

/** Who wrote a record, in every table: see write-rows.ts. */
const markColumns = [
  { name: 'upload_sequence', type: 'int' },
  { name: 'row_number', type: 'int' },
  { name: 'fills', type: 'jsonb' },
  { name: 'base_sequence', type: 'int' },
  { name: 'base_digest', type: 'uuid' },
];

/** Writes the statements of a table once. All take one array per column, so a chunk is one statement. */
export function defineRecordTable(
  definition: Pick<RecordTable, 'name' | 'idColumn' | 'columns' | 'compare'>,
): RecordTable {
  const { name, idColumn, columns } = definition;
  const names = columns.map((column) => column.name);
  const written = [idColumn, ...names, ...markColumns.map((column) => column.name)];
  const types = [
    'uuid',
    ...columns.map((column) => column.type),
    ...markColumns.map((column) => column.type),
  ];
  const input = `unnest(${types.map((type, index) => `$${index + 1}::${type}[]`).join(', ')}) AS input (${written.join(', ')})`;
  const read = `SELECT ${written.join(', ')} FROM ${name} WHERE ${idColumn} = ANY ($1::uuid[])`;
  const assignments = written.slice(1).map((column) => `${column} = input.${column}`);
  return {
    ...definition,
    columnNames: names,
    insertSql: `INSERT INTO ${name} (${written.join(', ')}) SELECT * FROM ${input}
                ON CONFLICT (${idColumn}) DO NOTHING RETURNING ${idColumn} AS id`,
    selectSql: read,
    // The order is the order of locking: two chunks that share rows must not wait for each other.
    lockSql: `${read} ORDER BY ${idColumn} FOR NO KEY UPDATE`,
    updateSql: `UPDATE ${name} SET ${assignments.join(', ')}, updated_at = now()
                FROM ${input} WHERE ${name}.${idColumn} = input.${idColumn}`,
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
  if (value instanceof Date) return value.toISOString();
  return String(value);
}
