import type pg from 'pg';
import { nameBasedId } from '../ids.js';
import {
  type Cell,
  type Fills,
  mergeRows,
  sameCells,
  sameVersions,
  type VersionedRow,
} from './merge-rows.js';
import { decodeCell, encodeCell, type RecordTable } from './record-table.js';

/** One row of a file, on its way into one table. */
export interface IncomingRow {
  readonly id: string;
  /** Number of the row in the file. */
  readonly row: number;
  /** In the order of the table's columns. */
  readonly cells: readonly Cell[];
}

/** A record whose cells are new or have changed. */
export interface WrittenRow {
  readonly id: string;
  readonly before: readonly Cell[] | null;
  readonly cells: readonly Cell[];
}

interface WriteOptions {
  readonly sequence: number;
  /**
   * Whether a row that changes nothing must still leave its mark, because an older row could be written after
   * it and would wrongly win.
   */
  readonly markUnchanged: boolean;
}

/** The upload that created a record or changed it last. */
interface Base {
  readonly sequence: number;
  /** Fingerprint of the record before that upload; null when that upload created it. */
  readonly digest: string | null;
}

type Identified = VersionedRow & { readonly id: string };

type Stored = Identified & { readonly base: Base };

/**
 * Upserts rows of one upload. New ids are inserted; for ids that exist, the stored and the incoming state are
 * merged, and only what differs is written. The tables do not depend on the order of calls.
 *
 * Call it within a transaction. Rows are inserted and locked in the order of their ids.
 */
export async function writeRows(
  client: pg.ClientBase,
  table: RecordTable,
  rows: readonly IncomingRow[],
  options: WriteOptions,
): Promise<readonly WrittenRow[]> {
  const incoming = collapse(table, rows, options.sequence);
  if (incoming.length === 0) return [];
  const base = { sequence: options.sequence, digest: null };
  const fresh = incoming.map((row) => ({ ...row, base }));
  const inserted = await client.query<{ id: string }>(table.insertSql, columnArrays(table, fresh));
  const createdIds = new Set(inserted.rows.map((row) => row.id));
  const created = incoming
    .filter((row) => createdIds.has(row.id))
    .map(({ id, cells }) => ({ id, before: null, cells }));
  const existing = incoming.filter((row) => !createdIds.has(row.id));
  return [...created, ...(await mergeExisting(client, table, existing, options))];
}

/** One statement may touch an id only once: rows with the same id are merged first. Sorted by id. */
function collapse(table: RecordTable, rows: readonly IncomingRow[], sequence: number): readonly Identified[] {
  const byId = new Map<string, Identified>();
  for (const { id, row, cells } of rows) {
    const next: Identified = { id, sequence, row, cells, fills: null };
    const before = byId.get(id);
    byId.set(id, before ? { id, ...mergeRows(before, next, table.columnNames, table.compare) } : next);
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** Most rows of a file sent again change nothing: they are found by a plain read, and only the others are locked. */
async function mergeExisting(
  client: pg.ClientBase,
  table: RecordTable,
  incoming: readonly Identified[],
  options: WriteOptions,
): Promise<readonly WrittenRow[]> {
  const seen = await readRows(client, table, table.selectSql, incoming);
  const needed = incoming.filter((row) => {
    const stored = seen.get(row.id);
    return !stored || needsWrite(stored, merge(table, stored, row), options);
  });
  const writes: Stored[] = [];
  const written: WrittenRow[] = [];
  const locked = await readRows(client, table, table.lockSql, needed);
  for (const row of needed) {
    const stored = locked.get(row.id);
    // Gone since the insert met it: only the removal of its campaign does that.
    if (!stored) throw new Error(`${table.name} ${row.id} was removed while a chunk was written`);
    const merged = merge(table, stored, row);
    if (!needsWrite(stored, merged, options)) continue;
    writes.push({ ...merged, base: nextBase(stored, merged, options.sequence) });
    if (!sameCells(stored, merged)) written.push({ id: row.id, before: stored.cells, cells: merged.cells });
  }
  if (writes.length > 0) await client.query(table.updateSql, columnArrays(table, writes));
  return written;
}

/**
 * The mark that an upload leaves on a record that it changes: what the record was before. Changed back by another
 * row of the same upload, the mark goes, so that a file sent again counts as having changed nothing. Upload 0 is
 * nobody's.
 */
function nextBase(stored: Stored, merged: VersionedRow, sequence: number): Base {
  const { base } = stored;
  if (sameCells(stored, merged)) return base;
  if (base.sequence !== sequence) return { sequence, digest: digestOf(stored) };
  return base.digest !== null && base.digest === digestOf(merged) ? { sequence: 0, digest: null } : base;
}

/** Any fixed UUID: fingerprints are compared with each other only. */
const digestNamespace = 'd0b5d0e4-3f0c-4d0b-8a52-0e6f5c1d7a11';

function digestOf({ cells }: VersionedRow): string {
  const texts = cells.map((cell) =>
    typeof cell === 'object' && cell !== null
      ? JSON.stringify(Object.entries(cell).sort(([a], [b]) => (a < b ? -1 : 1)))
      : JSON.stringify(cell),
  );
  return nameBasedId(digestNamespace, ...texts);
}

function merge(table: RecordTable, stored: Identified, incoming: Identified): Identified {
  return { id: stored.id, ...mergeRows(stored, incoming, table.columnNames, table.compare) };
}

function needsWrite(stored: VersionedRow, merged: VersionedRow, { markUnchanged }: WriteOptions): boolean {
  return !sameCells(stored, merged) || (markUnchanged && !sameVersions(stored, merged));
}

async function readRows(
  client: pg.ClientBase,
  table: RecordTable,
  sql: string,
  wanted: readonly Identified[],
): Promise<ReadonlyMap<string, Stored>> {
  if (wanted.length === 0) return new Map();
  const { rows } = await client.query<Record<string, unknown>>(sql, [wanted.map((row) => row.id)]);
  return new Map(
    rows.map((row) => {
      const id = String(row[table.idColumn]);
      const cells = table.columns.map((column) => decodeCell(row[column.name], column));
      return [id, { id, ...readMarks(row), cells }] as const;
    }),
  );
}

function readMarks(row: Record<string, unknown>): Pick<Stored, 'sequence' | 'row' | 'fills' | 'base'> {
  const fills: Record<string, readonly [number, number]> = {};
  for (const [key, version] of Object.entries(row['fills'] ?? {})) {
    if (Array.isArray(version)) fills[key] = [Number(version[0]), Number(version[1])];
  }
  return {
    sequence: Number(row['upload_sequence']),
    row: Number(row['row_number']),
    fills: Object.keys(fills).length > 0 ? fills : null,
    base: {
      sequence: Number(row['base_sequence']),
      digest: typeof row['base_digest'] === 'string' ? row['base_digest'] : null,
    },
  };
}

function columnArrays(table: RecordTable, rows: readonly Stored[]): unknown[] {
  return [
    rows.map((row) => row.id),
    ...table.columns.map((column, index) => rows.map((row) => encodeCell(row.cells[index] ?? null, column))),
    rows.map((row) => row.sequence),
    rows.map((row) => row.row),
    rows.map((row) => encodeFills(row.fills)),
    rows.map((row) => row.base.sequence),
    rows.map((row) => row.base.digest),
  ];
}

function encodeFills(fills: Fills | null): string | null {
  return fills === null ? null : JSON.stringify(fills);
}
