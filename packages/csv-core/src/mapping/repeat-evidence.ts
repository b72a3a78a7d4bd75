import { followOrders, type OrderFollower } from '../csv/order-grouping.js';
import type { Mapping } from './compile-mapping.js';
import { createNumberReader } from './number-of-row.js';

/** Rows of a file that bear the same number, apart from those that follow each other as one order. */
export interface RepeatedNumbers {
  /** For each number its rows in file order, counted from 0; of an order its first row. Two numbers may share a group, rarely. */
  readonly groups: readonly (readonly number[])[];
  /** Further rows with a number that was there before, which are too many to list. */
  readonly unlisted: number;
}

/** Finds rows with the same number. It must see all rows of a file in their order, so it is done while the file is received. */
export interface RepeatEvidence {
  add(cells: readonly string[]): void;
  result(): RepeatedNumbers;
}

/** As many as a file of 100,000 pledges has that was appended to itself, twice over. */
const MAX_LISTED = 200_000;

/** Takes 8 to 20 bytes a row, outside the heap. Null when the file has no column for numbers. */
export function createRepeatEvidence(mapping: Mapping): RepeatEvidence | null {
  const numberOf = createNumberReader(mapping);
  if (numberOf === null) return null;
  const goesOn: OrderFollower = mapping.orders === null ? () => false : followOrders(mapping.orders);
  const seen = createFirstRows();
  const groups = new Map<number, number[]>();
  let row = -1;
  let listed = 0;
  let unlisted = 0;
  return {
    add(cells) {
      row += 1;
      if (goesOn(cells)) return;
      const number = numberOf(cells);
      if (number === '') return;
      const hash = hashOf(number);
      const first = seen.rowOf(hash, row);
      if (first === row) return;
      if (listed === MAX_LISTED) {
        unlisted += 1;
        return;
      }
      listed += 1;
      const group = groups.get(hash);
      if (group) group.push(row);
      else groups.set(hash, [first, row]);
    },
    result: () => ({ groups: [...groups.values()], unlisted }),
  };
}

/** 32 bits of a text (FNV-1a over its UTF-16 units). Two texts of a million that share one are compared as rows, and then differ. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

const START_SLOTS = 1_024;
const MAX_LOAD = 0.75;

/** A hash table of typed arrays: for each hash the first row that had it. */
function createFirstRows() {
  let hashes = new Uint32Array(START_SLOTS);
  /** The row, from 1; 0 marks a free slot. */
  let rows = new Uint32Array(START_SLOTS);
  let size = 0;

  function slotOf(hash: number): number {
    const last = hashes.length - 1;
    let slot = hash & last;
    while (rows[slot] !== 0 && hashes[slot] !== hash) slot = (slot + 1) & last;
    return slot;
  }

  function grow(): void {
    const [oldHashes, oldRows] = [hashes, rows];
    hashes = new Uint32Array(oldHashes.length * 2);
    rows = new Uint32Array(oldRows.length * 2);
    for (const [at, row] of oldRows.entries()) {
      if (row === 0) continue;
      const hash = oldHashes[at] ?? 0;
      const slot = slotOf(hash);
      hashes[slot] = hash;
      rows[slot] = row;
    }
  }

  return {
    /** The first row with this hash: the given one, if none had it before. */
    rowOf(hash: number, row: number): number {
      const slot = slotOf(hash);
      const known = rows[slot] ?? 0;
      if (known !== 0) return known - 1;
      hashes[slot] = hash;
      rows[slot] = row + 1;
      size += 1;
      if (size > hashes.length * MAX_LOAD) grow();
      return row;
    },
  };
}
