import type { Mapping } from './compile-mapping.js';
import { orderEnd } from './group-orders.js';
import { createRepeatEvidence } from './repeat-evidence.js';

/** Where rows are cut in two. Positions count from 0. */
export interface Halves {
  /** The position of the first row of the second half. */
  readonly at: number;
  /** Positions in the second half of rows that bear a number of the first half, ascending. */
  readonly siblingsOfFirst: readonly number[];
  /** Positions in the first half of rows that bear a number of the second half, ascending. */
  readonly siblingsOfSecond: readonly number[];
}

/**
 * Cuts rows as near to their middle as an order ends. Null when they are one order, which stays whole.
 *
 * @param rows whole orders
 */
export function halveRows(rows: readonly (readonly string[])[], mapping: Mapping): Halves | null {
  const at = nearestToMiddle(rows, mapping);
  if (at === null) return null;
  const repeats = createRepeatEvidence(mapping);
  if (repeats === null) return { at, siblingsOfFirst: [], siblingsOfSecond: [] };
  for (const cells of rows) repeats.add(cells);
  const apart = repeats.result().groups.map((group) => ({
    first: group.filter((row) => row < at),
    second: group.filter((row) => row >= at),
  }));
  const shared = apart.filter(({ first, second }) => first.length > 0 && second.length > 0);
  const ascending = (a: number, b: number) => a - b;
  return {
    at,
    siblingsOfFirst: shared.flatMap(({ second }) => second).sort(ascending),
    siblingsOfSecond: shared.flatMap(({ first }) => first).sort(ascending),
  };
}

function nearestToMiddle(rows: readonly (readonly string[])[], { orders }: Mapping): number | null {
  const middle = rows.length / 2;
  let nearest: number | null = null;
  for (let at = orderEnd(rows, 0, orders); at < rows.length; at = orderEnd(rows, at, orders)) {
    if (nearest === null || Math.abs(at - middle) < Math.abs(nearest - middle)) nearest = at;
  }
  return nearest;
}
