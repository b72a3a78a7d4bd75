/** Names a file row: its upload's sequence in the campaign and its number in the upload. */
export interface Version {
  readonly sequence: number;
  readonly row: number;
}

/** Null: no value. An object holds entries that are merged one by one. */
export type Cell = string | null | Readonly<Record<string, string>>;

/** For single cells (or `column/entry`), the older row whose value stands because the last row left it blank. */
export type Fills = Readonly<Record<string, readonly [sequence: number, row: number]>>;

/** A record as one or several file rows made it. */
export interface VersionedRow extends Version {
  readonly cells: readonly Cell[];
  readonly fills: Fills | null;
}

/** Negative when `b` wins over `a`. */
export type CompareVersions = (a: Version, b: Version) => number;

/** The later upload wins, and in one upload the later row. */
export const lastRowWins: CompareVersions = (a, b) => a.sequence - b.sequence || a.row - b.row;

/** The later upload wins, but in one upload the first row does, so that later rows need not write. */
export const firstRowWins: CompareVersions = (a, b) => a.sequence - b.sequence || b.row - a.row;

/**
 * Merges two states of one record: every cell comes from the newest row that has a value for it (newest by `compare`).
 * Commutative, associative and idempotent, so the order in which rows are written does not matter.
 */
export function mergeRows(
  a: VersionedRow,
  b: VersionedRow,
  columns: readonly string[],
  compare: CompareVersions,
): VersionedRow {
  const winner = compare(a, b) >= 0 ? a : b;
  const fills: Record<string, readonly [number, number]> = {};
  const pick = (key: string, left: string | null, right: string | null): string | null => {
    if (left === null && right === null) return null;
    const side = right === null || (left !== null && compareAt(a, b, key, compare) >= 0) ? a : b;
    const version = versionAt(side, key);
    if (compare(version, winner) !== 0) fills[key] = [version.sequence, version.row];
    return side === a ? left : right;
  };
  const cells = columns.map((column, index) =>
    mergeCell(a.cells[index] ?? null, b.cells[index] ?? null, column, pick),
  );
  const filled = Object.keys(fills).length > 0;
  return { sequence: winner.sequence, row: winner.row, cells, fills: filled ? fills : null };
}

type Pick = (key: string, left: string | null, right: string | null) => string | null;

function mergeCell(left: Cell, right: Cell, column: string, pick: Pick): Cell {
  if (typeof left !== 'object' && typeof right !== 'object') return pick(column, left, right);
  if (left === null && typeof right === 'string') return pick(column, left, right);
  if (right === null && typeof left === 'string') return pick(column, left, right);
  if (left === null && right === null) return null;
  const leftEntries = entriesOf(left);
  const rightEntries = entriesOf(right);
  const keys = new Set([...leftEntries.keys(), ...rightEntries.keys()]);
  const merged = [...keys].map((key) => {
    const value = pick(`${column}/${key}`, leftEntries.get(key) ?? null, rightEntries.get(key) ?? null);
    return [key, value ?? ''] as const;
  });
  return Object.fromEntries(merged);
}

function entriesOf(cell: Cell): ReadonlyMap<string, string> {
  return new Map(typeof cell === 'object' && cell !== null ? Object.entries(cell) : []);
}

function versionAt(row: VersionedRow, key: string): Version {
  const fill = row.fills && Object.hasOwn(row.fills, key) ? row.fills[key] : undefined;
  return fill ? { sequence: fill[0], row: fill[1] } : row;
}

function compareAt(a: VersionedRow, b: VersionedRow, key: string, compare: CompareVersions): number {
  return compare(versionAt(a, key), versionAt(b, key));
}

/** Whether two states have the same value in every cell, whatever the versions. */
export function sameCells(a: VersionedRow, b: VersionedRow): boolean {
  return a.cells.every((cell, index) => sameCell(cell, b.cells[index] ?? null));
}

function sameCell(a: Cell, b: Cell): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

/** Whether two states have the same versions in every cell. */
export function sameVersions(a: VersionedRow, b: VersionedRow): boolean {
  if (a.sequence !== b.sequence || a.row !== b.row) return false;
  const left = Object.entries(a.fills ?? {});
  const right = b.fills ?? {};
  return (
    left.length === Object.keys(right).length &&
    left.every(([key, [sequence, row]]) => right[key]?.[0] === sequence && right[key]?.[1] === row)
  );
}
