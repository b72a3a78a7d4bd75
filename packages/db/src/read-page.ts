import type { PageStart } from './page-start.js';

/** Which page of a list is asked for. */
export interface PageQuery<Key = string> {
  /** Undefined for the beginning of the list. */
  readonly start?: PageStart<Key> | undefined;
  readonly limit: number;
}

/** Where the pages beside a page begin; null where there is none. */
export interface Neighbours<Key = string> {
  readonly next: PageStart<Key> | null;
  readonly previous: PageStart<Key> | null;
}

/** One page of a list, in its order. */
export interface Page<Row, Key = string> extends Neighbours<Key> {
  readonly rows: readonly Row[];
}

/** Reads a page, with one row more than it holds: that row shows whether there is a page behind it. */
export async function readPage<Row, Key>(
  query: PageQuery<Key>,
  read: (limit: number) => Promise<readonly Row[]>,
  keyOf: (row: Row) => Key,
): Promise<Page<Row, Key>> {
  return cutPage(await read(query.limit + 1), query, keyOf);
}

/**
 * Makes a page of rows that were read from its start on: backwards, when it comes before an entry.
 *
 * @param read one row more than the page holds, if there is one
 */
export function cutPage<Row, Key>(
  read: readonly Row[],
  { start, limit }: PageQuery<Key>,
  keyOf: (row: Row) => Key,
): Page<Row, Key> {
  const rows = read.slice(0, limit);
  if (start?.side === 'before') rows.reverse();
  return { rows, ...neighbours(rows.map(keyOf), { start, hasMore: read.length > limit }) };
}

/**
 * Where the pages beside a page begin.
 *
 * @param keys of its rows, or of the first and the last one
 * @param from where it begins, and whether there is more in the direction in which it was read
 */
export function neighbours<Key>(
  keys: readonly Key[],
  { start, hasMore }: { readonly start?: PageStart<Key> | undefined; readonly hasMore: boolean },
): Neighbours<Key> {
  const first = keys.at(0);
  const last = keys.at(-1);
  if (first === undefined || last === undefined) return { next: null, previous: null };
  // Where the reader came from, there are other entries.
  const [hasNext, hasPrevious] = start?.side === 'before' ? [true, hasMore] : [hasMore, start !== undefined];
  return {
    next: hasNext ? { side: 'after', key: last } : null,
    previous: hasPrevious ? { side: 'before', key: first } : null,
  };
}
