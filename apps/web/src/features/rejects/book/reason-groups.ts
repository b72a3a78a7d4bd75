import type { Reason, ReasonGroup } from './protocol.js';

/** Rows by their reasons: the code and the column. Groups keep their numbers. */
export interface ReasonGroups {
  /** Notes the reasons of a row; what it had before is remembered. */
  note(row: number, reasons: readonly Reason[]): void;
  /** The number of the group of a reason that was noted. */
  indexOf(reason: Reason): number;
  /** @param reasonsOf those of a row now */
  list(rows: number, reasonsOf: (row: number) => readonly Reason[]): readonly ReasonGroup[];
  /** The rows that have or had the reason, from first to last. */
  members(group: number): readonly number[];
  /** @param placeOf the new number of a row; null for one that is gone */
  moveRows(placeOf: (row: number) => number | null): void;
}

interface Group {
  readonly reason: Reason;
  rows: Set<number>;
}

export function createReasonGroups(): ReasonGroups {
  const groups: Group[] = [];
  const byKey = new Map<string, number>();
  /** Rows share most reasons, and 50,000 keys are not written for each of them. */
  const byReason = new WeakMap<Reason, number>();

  function indexOf(reason: Reason): number {
    const known = byReason.get(reason);
    if (known !== undefined) return known;
    const key = keyOf(reason);
    const index = byKey.get(key) ?? groups.push({ reason, rows: new Set() }) - 1;
    byKey.set(key, index);
    byReason.set(reason, index);
    return index;
  }

  return {
    indexOf,
    note(row, reasons) {
      for (const reason of reasons) groups[indexOf(reason)]?.rows.add(row);
    },
    list(rows, reasonsOf) {
      const open = new Uint32Array(groups.length);
      for (let row = 0; row < rows; row += 1) {
        for (const group of new Set(reasonsOf(row).map(indexOf))) open[group] = (open[group] ?? 0) + 1;
      }
      return groups.map(({ reason, rows: all }, at) => ({ ...reason, open: open[at] ?? 0, rows: all.size }));
    },
    members: (group) => [...(groups[group]?.rows ?? [])].sort((a, b) => a - b),
    moveRows(placeOf) {
      for (const group of groups) {
        group.rows = new Set([...group.rows].map(placeOf).filter((row) => row !== null));
      }
    },
  };
}

function keyOf({ code, column }: Reason): string {
  return JSON.stringify([code, column]);
}
