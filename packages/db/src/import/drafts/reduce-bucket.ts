import { type Base, nextBase } from '../records/base.js';
import { type Incoming, mergeIncoming } from '../records/incoming.js';
import type { RecordTable } from '../records/record-table.js';
import type { Stored } from '../records/stored-rows.js';
import type { PlacedState } from './parts.js';

/** What the files say of one record that the upload names. */
export interface ReducedRecord {
  /** Without the upload; null when no other file names it. */
  readonly others: Stored | null;
  /** With what the upload says of it. The same, when its own states were not kept. */
  readonly all: Stored | null;
}

/**
 * Puts together what the chunks say of the records of a bucket: the state that importing them in this order gives. Records that
 * the upload does not name are left out.
 *
 * @param ownParts how many positions are those of the upload itself; they come first
 */
export async function reduceBucket(
  table: RecordTable,
  states: AsyncIterable<PlacedState>,
  ownParts: number,
): Promise<ReadonlyMap<string, ReducedRecord>> {
  const others = new Map<string, Stored | null>();
  const own = new Map<string, Stored>();
  for await (const state of states) {
    const { id } = state;
    if (state.position < ownParts) {
      if (!others.has(id)) others.set(id, null);
      if ('cells' in state) own.set(id, withRow(table, own.get(id) ?? null, state));
      continue;
    }
    const before = others.get(id);
    if (before !== undefined && 'cells' in state) others.set(id, withRow(table, before, state));
  }
  const reduced = new Map<string, ReducedRecord>();
  for (const [id, without] of others) {
    const said = own.get(id);
    reduced.set(id, { others: without, all: said === undefined ? without : withRow(table, without, said) });
  }
  return reduced;
}

/** The record after one more row, whose version it gets when it says the same. */
function withRow(table: RecordTable, before: Stored | null, row: Incoming): Stored {
  const { id, sequence, cells, fills, rowFingerprint } = row;
  const created: Base = { sequence, fingerprint: null };
  if (before === null) return { id, sequence, row: row.row, cells, fills, rowFingerprint, base: created };
  // As write-rows.ts does it: the same row changes no cell.
  if (rowFingerprint !== null && rowFingerprint === before.rowFingerprint) {
    return table.compare(before, row) < 0 ? { ...before, sequence, row: row.row } : before;
  }
  const merged = mergeIncoming(table, before, row);
  return { ...merged, base: nextBase(table, before, merged, sequence) };
}
