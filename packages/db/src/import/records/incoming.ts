import { fingerprint } from '../../ids.js';
import { createSlices } from '../../slices.js';
import { type Cell, mergeRows, type Version, type VersionedRow } from './merge-rows.js';
import type { RecordTable } from './record-table.js';

/** One row of a file, on its way into one table. */
export interface FileRow {
  readonly id: string;
  /** Number of the row in the upload. */
  readonly row: number;
  /** In the order of the table's columns. */
  readonly cells: readonly Cell[];
}

/** The values that a chunk has for one record. */
export type Incoming = VersionedRow & {
  readonly id: string;
  /**
   * Fingerprint of the row's cells. If the record's last row has the same one, this row changes no cell, newer or older, so
   * the cells need not be compared. Null when several rows were put together.
   */
  readonly rowFingerprint: string | null;
};

/**
 * Rows of one upload by ascending id; those that share an id are put together, since a statement may touch it once. The rows
 * are taken one by one, in slices.
 */
export async function gatherRows(
  table: RecordTable,
  rows: Iterable<FileRow>,
  sequence: number,
): Promise<readonly Incoming[]> {
  const slices = createSlices();
  const byId = new Map<string, Incoming>();
  for (const { id, row, cells } of rows) {
    if (slices.isOver()) await slices.next();
    const next: Incoming = { id, sequence, row, cells, fills: null, rowFingerprint: fingerprint(cells) };
    const before = byId.get(id);
    byId.set(id, before ? putTogether(table, before, next) : next);
  }
  const ids = [...byId.keys()].sort(byCodeUnits);
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Puts two rows of one chunk together. If cells of both are used there is no fingerprint: the result is no single row of the
 * file, and its `fills` would have to be compared as well.
 */
function putTogether(table: RecordTable, before: Incoming, next: Incoming): Incoming {
  const merged = mergeIncoming(table, before, next);
  return merged.fills === null ? merged : { ...merged, rowFingerprint: null };
}

/** What a record becomes with another row. Its fingerprint is that of the row that wins. */
export function mergeIncoming(table: RecordTable, stored: Incoming, incoming: Incoming): Incoming {
  const merged = mergeRows(stored, incoming, table.columnNames, table.compare);
  return { id: stored.id, ...merged, rowFingerprint: fingerprintOfWinner(merged, stored, incoming) };
}

/** Null when the same row has two fingerprints: an attempt before a deploy and one after it have mapped it differently. */
function fingerprintOfWinner(merged: Version, stored: Incoming, incoming: Incoming): string | null {
  if (!sameVersion(merged, incoming)) return stored.rowFingerprint;
  if (!sameVersion(merged, stored)) return incoming.rowFingerprint;
  return stored.rowFingerprint === incoming.rowFingerprint ? stored.rowFingerprint : null;
}

function sameVersion(a: Version, b: Version): boolean {
  return a.sequence === b.sequence && a.row === b.row;
}
