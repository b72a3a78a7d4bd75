import type pg from 'pg';
import { fingerprint } from '../../ids.js';
import { createSlices } from '../../slices.js';
import { binaryArray } from './binary-array.js';
import { type ColumnInput, columnInput, createColumnInput } from './column-input.js';
import { type Incoming, mergeIncoming } from './incoming.js';
import { type Fills, sameCells, sameVersions, type VersionedRow } from './merge-rows.js';
import { decodeCell, encodeCell, type RecordTable } from './record-table.js';

/** Which version the rows have, and when they must write it. */
export interface WriteOptions {
  /** The upload's sequence in the campaign. */
  readonly sequence: number;
  /**
   * Whether a row that changes nothing must still move the record's version to its own, because an older row could be
   * written after it and would wrongly win.
   */
  readonly moveVersions: boolean;
  /** Whether versions of pledges must move in any case, because they tell whether a complete upload names the pledge. */
  readonly movePledges?: boolean;
}

/** The upload that created a record or changed it last. */
interface Base {
  readonly sequence: number;
  /** Of the record before that upload; null when that upload created it. */
  readonly fingerprint: string | null;
}

type Stored = Incoming & { readonly base: Base };

interface Write {
  readonly row: Incoming;
  readonly base: Base;
}

/**
 * Upserts rows of one upload. New ids are inserted; for ids that exist, the stored and the incoming state are
 * merged, and only what differs is written. The tables do not depend on the order of calls.
 *
 * Call it within a transaction, with rows by ascending id: in that order they are inserted and locked.
 */
export async function writeRows(
  client: pg.ClientBase,
  table: RecordTable,
  incoming: readonly Incoming[],
  options: WriteOptions,
): Promise<void> {
  if (incoming.length === 0) return;
  // Of a new file nearly everything is to be inserted, of one that is sent again nearly nothing.
  const known = (await areMostlyStored(client, table, incoming))
    ? await compareStored(client, table, incoming)
    : null;
  const fresh = known === null ? incoming : incoming.filter(({ id }) => known.absent.has(id));
  const met = await insertRows(client, table, fresh, options.sequence);
  const stored = incoming.filter(({ id }) => met.has(id) || (known !== null && !known.absent.has(id)));
  const changed = options.moveVersions
    ? await moveVersions(client, table, stored)
    : await findChanged(client, table, stored, known);
  await mergeStored(client, table, changed, options);
}

/** How many rows would change nothing: the last row of their record has the same fingerprint. */
export async function countUnchanged(
  client: Queryable,
  table: RecordTable,
  incoming: readonly Incoming[],
): Promise<number> {
  const { absent, different } = await compareStored(client, table, incoming);
  return incoming.length - absent.size - different.size;
}

type Queryable = Pick<pg.ClientBase, 'query'>;

/** How many ids are looked up to estimate how many are stored. */
const SAMPLE = 16;

async function areMostlyStored(
  client: pg.ClientBase,
  table: RecordTable,
  incoming: readonly Incoming[],
): Promise<boolean> {
  const step = Math.ceil(incoming.length / SAMPLE);
  const sample = incoming.filter((_, index) => index % step === 0).map(({ id }) => id);
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*) AS count FROM ${table.name} WHERE ${table.idColumn} = ANY ($1::uuid[])`,
    [binaryArray('uuid', sample)],
  );
  return (rows[0]?.count ?? 0) * 2 > sample.length;
}

interface Comparison {
  /** Ids that are not stored. */
  readonly absent: ReadonlySet<string>;
  /** Ids of records whose last row has another fingerprint. */
  readonly different: ReadonlySet<string>;
}

/** Compares fingerprints only, and returns only the ids that are absent or different. */
async function compareStored(
  client: Queryable,
  table: RecordTable,
  incoming: readonly Incoming[],
): Promise<Comparison> {
  const { name, idColumn } = table;
  const { rows } = await client.query<{ id: string; stored: true | null }>(
    // OFFSET 0 keeps the planner from reading the whole table, which it estimates to be cheaper.
    `SELECT input.id, stored.is AS stored
     FROM unnest($1::uuid[], $2::uuid[]) AS input (id, fingerprint)
     LEFT JOIN LATERAL (SELECT told_digest AS fingerprint, true AS is FROM ${name} WHERE ${idColumn} = input.id OFFSET 0) stored ON true
     WHERE (stored.fingerprint = input.fingerprint) IS NOT TRUE`,
    [
      binaryArray(
        'uuid',
        incoming.map(({ id }) => id),
      ),
      binaryArray(
        'uuid',
        incoming.map(({ rowFingerprint }) => rowFingerprint),
      ),
    ],
  );
  return {
    absent: new Set(rows.filter(({ stored }) => stored === null).map(({ id }) => id)),
    different: new Set(rows.filter(({ stored }) => stored !== null).map(({ id }) => id)),
  };
}

/** Inserts rows and returns the ids that were there already. */
async function insertRows(
  client: pg.ClientBase,
  table: RecordTable,
  rows: readonly Incoming[],
  sequence: number,
): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  const base = { sequence, fingerprint: null };
  const input = await tableInput(
    table,
    rows.map((row) => ({ row, base })),
  );
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
        rows.map(({ id }) => id),
      ),
    ],
  );
  return new Set(met.rows.map(({ id }) => id));
}

/** The rows whose values differ from the stored ones. */
async function findChanged(
  client: pg.ClientBase,
  table: RecordTable,
  stored: readonly Incoming[],
  known: Comparison | null,
): Promise<readonly Incoming[]> {
  if (stored.length === 0) return [];
  // Rows that were absent have been inserted by another transaction since, so they must be compared as well.
  const { different } = known ?? (await compareStored(client, table, stored));
  return stored.filter(({ id }) => different.has(id) || known?.absent.has(id) === true);
}

/**
 * Moves records to the versions of rows that change nothing, as far as those are newer, and returns the other rows. All
 * of them are locked at once, in the order of their ids: two chunks that share rows must not wait for each other.
 */
async function moveVersions(
  client: pg.ClientBase,
  table: RecordTable,
  incoming: readonly Incoming[],
): Promise<readonly Incoming[]> {
  if (incoming.length === 0) return [];
  const { name, idColumn } = table;
  const { rows } = await client.query<{
    id: string;
    fingerprint: string | null;
    sequence: number;
    row: number;
  }>(
    `SELECT ${idColumn} AS id, told_digest AS fingerprint, upload_sequence AS sequence, row_number AS row
     FROM ${name} WHERE ${idColumn} = ANY ($1::uuid[]) ORDER BY ${idColumn} FOR NO KEY UPDATE`,
    [
      binaryArray(
        'uuid',
        incoming.map(({ id }) => id),
      ),
    ],
  );
  const stored = new Map(rows.map((row) => [row.id, row]));
  const isSame = ({ id, rowFingerprint }: Incoming) =>
    rowFingerprint !== null && stored.get(id)?.fingerprint === rowFingerprint;
  const moving = incoming.filter((row) => {
    const before = stored.get(row.id);
    return before !== undefined && isSame(row) && table.compare(before, row) < 0;
  });
  if (moving.length > 0) {
    const input = columnInput([
      { name: 'id', type: 'uuid', values: moving.map(({ id }) => id) },
      { name: 'sequence', type: 'int', values: moving.map(({ sequence }) => sequence) },
      { name: 'row', type: 'int', values: moving.map(({ row }) => row) },
    ]);
    await client.query(
      `UPDATE ${name} SET upload_sequence = input.sequence, row_number = input.row
       FROM (${input.sql}) AS input WHERE ${name}.${idColumn} = input.id`,
      [...input.parameters],
    );
  }
  return incoming.filter((row) => !isSame(row));
}

/** Merges rows into records that exist, cell by cell. */
async function mergeStored(
  client: pg.ClientBase,
  table: RecordTable,
  incoming: readonly Incoming[],
  options: WriteOptions,
): Promise<void> {
  if (incoming.length === 0) return;
  const locked = await lockRows(client, table, incoming);
  const slices = createSlices();
  const writes: Write[] = [];
  for (const row of incoming) {
    if (slices.isOver()) await slices.next();
    const stored = locked.get(row.id);
    // Gone since the insert met it: only the removal of its campaign does that.
    if (!stored) throw new Error(`${table.name} ${row.id} was removed while a chunk was written`);
    const merged = mergeIncoming(table, stored, row);
    if (!needsWrite(stored, merged, options)) continue;
    writes.push({ row: merged, base: nextBase(table, stored, merged, options.sequence) });
  }
  await updateRows(client, table, writes);
}

async function updateRows(
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

/**
 * What an upload stores with a record that it changes: the record's fingerprint before the upload. If another row of the same
 * upload changes the record back, this is removed, so that a file sent again counts as unchanged. No upload has sequence 0.
 */
function nextBase(table: RecordTable, stored: Stored, merged: VersionedRow, sequence: number): Base {
  const { base } = stored;
  if (sameCells(stored, merged)) return base;
  const [before, after] = [fingerprintOf(table, stored), fingerprintOf(table, merged)];
  if (base.sequence !== sequence) return before === after ? base : { sequence, fingerprint: before };
  return base.fingerprint !== null && base.fingerprint === after ? { sequence: 0, fingerprint: null } : base;
}

/** The fingerprint of what a record's cells say, independent of the order of entries. */
function fingerprintOf({ columns }: RecordTable, { cells }: VersionedRow): string {
  return fingerprint(
    cells.map((cell, index) => {
      if (typeof cell !== 'object' || cell === null) return cell;
      const { saying = (text: string) => text } = columns[index]?.entries ?? {};
      return Object.entries(cell)
        .map(([name, text]) => [name, saying(text)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1));
    }),
  );
}

function needsWrite(stored: Stored, merged: Incoming, { moveVersions }: WriteOptions): boolean {
  // Records that were written without a fingerprint get one, otherwise they would always be read in full.
  const isFirstFingerprint = stored.rowFingerprint === null && merged.rowFingerprint !== null;
  return isFirstFingerprint || !sameCells(stored, merged) || (moveVersions && !sameVersions(stored, merged));
}

async function lockRows(
  client: pg.ClientBase,
  table: RecordTable,
  wanted: readonly Incoming[],
): Promise<ReadonlyMap<string, Stored>> {
  const { rows } = await client.query<Record<string, unknown>>(
    `SELECT ${writtenColumns(table)} FROM ${table.name} WHERE ${table.idColumn} = ANY ($1::uuid[])
     ORDER BY ${table.idColumn} FOR NO KEY UPDATE`,
    [
      binaryArray(
        'uuid',
        wanted.map((row) => row.id),
      ),
    ],
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
