import type pg from 'pg';
import { createSlices } from '../../slices.js';
import type { Base } from './base.js';
import { binaryArray } from './binary-array.js';
import { type ColumnInput, createColumnInput } from './column-input.js';
import type { Incoming } from './incoming.js';
import type { Fills } from './merge-rows.js';
import { decodeCell, encodeCell, type RecordTable } from './record-table.js';

/** A record as it is stored. */
export type Stored = Incoming & { readonly base: Base };

/** A record to be written. */
export interface Write {
  readonly row: Incoming;
  readonly base: Base;
}

/** Inserts rows and returns the ids that were there already. */
export async function insertRows(
  client: pg.ClientBase,
  table: RecordTable,
  writes: readonly Write[],
): Promise<ReadonlySet<string>> {
  if (writes.length === 0) return new Set();
  const input = await tableInput(table, writes);
  const { name, idColumn } = table;
  const met = await client.query<{ id: string }>(
    // The ids come a second time on their own, or Postgres would keep a copy of all columns for both.
    `WITH inserted AS (
       INSERT INTO ${name} (${writtenColumns(table)}) ${input.sql}
       ON CONFLICT DO NOTHING RETURNING ${idColumn} AS id)
     SELECT each.id FROM unnest($${input.parameters.length + 1}::uuid[]) AS each (id)
     WHERE each.id NOT IN (SELECT id FROM inserted)`,
    [
      ...input.parameters,
      binaryArray(
        'uuid',
        writes.map(({ row }) => row.id),
      ),
    ],
  );
  return new Set(met.rows.map(({ id }) => id));
}

/** Writes the state of records that exist. */
export async function updateRows(
  client: pg.ClientBase,
  table: RecordTable,
  writes: readonly Write[],
): Promise<void> {
  if (writes.length === 0) return;
  const { name, idColumn } = table;
  const input = await tableInput(table, writes);
  const assignments = columnNames(table)
    .filter((column) => column !== idColumn)
    .map((column) => `${column} = input.${column}`);
  await client.query(
    `UPDATE ${name} SET ${assignments.join(', ')}, updated_at = now()
     FROM (${input.sql}) AS input WHERE ${name}.${idColumn} = input.${idColumn}`,
    [...input.parameters],
  );
}

/** Reads the records with these ids and locks them, in the order of their ids. */
export function lockRows(
  client: pg.ClientBase,
  table: RecordTable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Stored>> {
  return selectRows(client, table, ids, `ORDER BY ${table.idColumn} FOR NO KEY UPDATE`);
}

/** Reads the records with these ids. */
export function readRows(
  client: pg.ClientBase,
  table: RecordTable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Stored>> {
  return selectRows(client, table, ids, '');
}

async function selectRows(
  client: pg.ClientBase,
  table: RecordTable,
  ids: readonly string[],
  locking: string,
): Promise<ReadonlyMap<string, Stored>> {
  if (ids.length === 0) return new Map();
  const { rows } = await client.query<Record<string, unknown>>(
    `SELECT ${writtenColumns(table)} FROM ${table.name} WHERE ${table.idColumn} = ANY ($1::uuid[]) ${locking}`,
    [binaryArray('uuid', ids)],
  );
  const slices = createSlices();
  const stored = new Map<string, Stored>();
  for (const row of rows) {
    if (slices.isOver()) await slices.next();
    const id = String(row[table.idColumn]);
    const cells = table.columns.map((column) => decodeCell(row[column.name], column));
    stored.set(id, { id, ...readVersionColumns(row), cells });
  }
  return stored;
}

function readVersionColumns(row: Record<string, unknown>): Omit<Stored, 'id' | 'cells'> {
  const fills: Record<string, readonly [number, number]> = {};
  for (const [key, version] of Object.entries(row['fills'] ?? {})) {
    if (Array.isArray(version)) fills[key] = [Number(version[0]), Number(version[1])];
  }
  return {
    sequence: Number(row['upload_sequence']),
    row: Number(row['row_number']),
    fills: Object.keys(fills).length > 0 ? fills : null,
    rowFingerprint: typeof row['told_digest'] === 'string' ? row['told_digest'] : null,
    base: {
      sequence: Number(row['base_sequence']),
      fingerprint: typeof row['base_digest'] === 'string' ? row['base_digest'] : null,
    },
  };
}

/** Writes the version columns of records whose cells stay: they count as not changed. */
export async function updateVersions(
  client: pg.ClientBase,
  { name, idColumn }: RecordTable,
  writes: readonly Write[],
): Promise<void> {
  if (writes.length === 0) return;
  const input = createColumnInput();
  input.add({ name: 'id', type: 'uuid', values: writes.map(({ row }) => row.id) });
  for (const column of versionColumns) input.add({ ...column, values: writes.map(column.value) });
  const { sql, parameters } = input.build();
  const assignments = versionColumns.map((column) => `${column.name} = input.${column.name}`);
  await client.query(
    `UPDATE ${name} SET ${assignments.join(', ')} FROM (${sql}) AS input WHERE ${name}.${idColumn} = input.id`,
    [...parameters],
  );
}

interface VersionColumn {
  readonly name: string;
  readonly type: string;
  readonly value: (write: Write) => string | number | null;
}

/** The version columns, which every table has. */
const versionColumns: readonly VersionColumn[] = [
  { name: 'upload_sequence', type: 'int', value: ({ row }) => row.sequence },
  { name: 'row_number', type: 'int', value: ({ row }) => row.row },
  { name: 'fills', type: 'jsonb', value: ({ row }) => encodeFills(row.fills) },
  { name: 'told_digest', type: 'uuid', value: ({ row }) => row.rowFingerprint },
  { name: 'base_sequence', type: 'int', value: ({ base }) => base.sequence },
  { name: 'base_digest', type: 'uuid', value: ({ base }) => base.fingerprint },
];

function columnNames(table: RecordTable): readonly string[] {
  return [table.idColumn, ...table.columnNames, ...versionColumns.map(({ name }) => name)];
}

function writtenColumns(table: RecordTable): string {
  return columnNames(table).join(', ');
}

/** Column by column and in slices: cells with entries may be long, and their text takes several times their memory. */
async function tableInput(table: RecordTable, writes: readonly Write[]): Promise<ColumnInput> {
  const slices = createSlices();
  const input = createColumnInput();
  input.add({ name: table.idColumn, type: 'uuid', values: writes.map(({ row }) => row.id) });
  for (const [index, column] of table.columns.entries()) {
    const values: (string | null)[] = [];
    for (const { row } of writes) {
      // Other columns take no time worth asking for.
      if (column.type === 'jsonb' && slices.isOver()) await slices.next();
      values.push(encodeCell(row.cells[index] ?? null, column));
    }
    input.add({ name: column.name, type: column.type, values });
    if (slices.isOver()) await slices.next();
  }
  for (const { name, type, value } of versionColumns) input.add({ name, type, values: writes.map(value) });
  return input.build();
}

function encodeFills(fills: Fills | null): string | null {
  return fills === null ? null : JSON.stringify(fills);
}
