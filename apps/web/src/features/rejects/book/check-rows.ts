import type { MapKeysOptions, MappedRows } from '@pledgeline/csv-core';
import { findRepeats, mapKeys, pickSiblings } from '@pledgeline/csv-core/map';
import type { Cells, Reason } from './protocol.js';

/** Rows, and the line of each in their file. */
export interface PlacedRows {
  readonly rows: readonly Cells[];
  readonly lines: readonly number[];
}

/** Why rows would not be imported, by their place in the list; no reason means that the row would be. */
export type Findings = ReadonlyMap<number, readonly Reason[]>;

export interface RowChecker {
  /** Reads all rows as the import will. */
  checkAll(placed: PlacedRows): Findings;
  /** Reads only these rows. */
  check(placed: PlacedRows, indexes: readonly number[]): Findings;
  /** The rows, and all that have the number of one of them, because what becomes of one depends on the others. */
  withRelated(placed: PlacedRows, indexes: Iterable<number>): ReadonlySet<number>;
}

/** Checks rows as the import will: by the same function, and as their file was read. */
export function createRowChecker(headers: readonly string[], options: MapKeysOptions): RowChecker {
  const shared = new Map<string, Reason>();
  const shareReason = (reason: Reason): Reason => {
    const key = JSON.stringify(reason);
    const known = shared.get(key);
    if (known === undefined) shared.set(key, reason);
    return known ?? reason;
  };

  function check({ rows, lines }: PlacedRows, indexes: readonly number[] | null): Findings {
    const mapped =
      indexes === null
        ? mapKeys(headers, rows, { ...options, lines })
        : mapKeys(
            headers,
            indexes.map((at) => rows[at] ?? []),
            { ...options, lines: indexes.map((at) => lines[at] ?? 0) },
          );
    const indexOf = (row: number): number => (indexes === null ? row - 1 : (indexes[row - 1] ?? 0));
    const count = indexes?.length ?? rows.length;
    const findings = new Map<number, Reason[]>();
    for (let row = 1; row <= count; row += 1) findings.set(indexOf(row), []);
    for (const { row, code, column, message } of refusals(mapped)) {
      findings.get(indexOf(row))?.push(shareReason({ code, column, message }));
    }
    return findings;
  }

  return {
    checkAll: (placed) => check(placed, null),
    check,
    withRelated: ({ rows, lines }, indexes) => {
      const wanted = new Set(indexes);
      const repeats = findRepeats(headers, options);
      for (const cells of rows) repeats?.add(cells);
      for (const group of repeats?.result().groups ?? []) {
        if (group.some((at) => wanted.has(at))) for (const at of group) wanted.add(at);
      }
      const numbers = new Set([...wanted].map((at) => at + 1));
      const runs = pickSiblings(headers, { firstRow: 1, lines, rows }, numbers, options);
      return new Set(runs.flatMap(({ firstRow, rows: run }) => run.map((_, at) => firstRow - 1 + at)));
    },
  };
}

/** Errors, and why rows would be left out as no records. */
function* refusals({ issues, leftOut }: MappedRows) {
  const left = new Set(leftOut.map(({ row }) => row));
  for (const issue of issues) {
    if (issue.severity === 'error' || (issue.code === 'left_out_row' && left.has(issue.row))) yield issue;
  }
}
