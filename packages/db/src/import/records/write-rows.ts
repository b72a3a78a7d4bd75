import type pg from 'pg';
import { createSlices } from '../../slices.js';
import { nextBase } from './base.js';
import { binaryArray } from './binary-array.js';
import { columnInput } from './column-input.js';
import { type Incoming, mergeIncoming } from './incoming.js';
import { sameCells, sameVersions } from './merge-rows.js';
import type { RecordTable } from './record-table.js';
import { insertRows, lockRows, type Stored, updateRows, type Write } from './stored-rows.js';

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
  const met = await insertRows(client, table, asNew(fresh, options.sequence));
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

/** Rows that an upload creates records with. */
function asNew(rows: readonly Incoming[], sequence: number): readonly Write[] {
  const base = { sequence, fingerprint: null };
  return rows.map((row) => ({ row, base }));
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
  const ids = incoming.map(({ id }) => id);
  const locked = await lockRows(client, table, ids);
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

function needsWrite(stored: Stored, merged: Incoming, { moveVersions }: WriteOptions): boolean {
  // Records that were written without a fingerprint get one, otherwise they would always be read in full.
  const isFirstFingerprint = stored.rowFingerprint === null && merged.rowFingerprint !== null;
  return isFirstFingerprint || !sameCells(stored, merged) || (moveVersions && !sameVersions(stored, merged));
}
