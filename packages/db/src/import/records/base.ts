import { fingerprint } from '../../ids.js';
import { sameCells, type VersionedRow } from './merge-rows.js';
import type { RecordTable } from './record-table.js';

/** The upload that created a record or changed it last. */
export interface Base {
  readonly sequence: number;
  /** Of the record before that upload; null when that upload created it. */
  readonly fingerprint: string | null;
}

/**
 * What an upload stores with a record that it changes: the record's fingerprint before the upload. If another row of the same
 * upload changes the record back, this is removed, so that a file sent again counts as unchanged. No upload has sequence 0.
 */
export function nextBase(
  table: RecordTable,
  stored: VersionedRow & { readonly base: Base },
  merged: VersionedRow,
  sequence: number,
): Base {
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
