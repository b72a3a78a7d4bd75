import type { Batches, PageStart } from '@pledgeline/db';
import type { FastifyReply } from 'fastify';
import { writeCursor } from './cursor.js';

/** How a page of a list is cut. */
export interface Cut<Row, Key> {
  /** Where it begins; undefined for the beginning of the list. */
  readonly start: PageStart<Key> | undefined;
  /** How many entries at most. The rows that were read hold one more, if there is one. */
  readonly limit: number;
  readonly keyOf: (row: Row) => Key;
}

/** A page in the order of its list, and the cursors of the pages beside it. */
export interface ListPage<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
  readonly previous: string | null;
}

/** Makes a page of rows that were read from its start on: backwards, when it comes before an entry. */
export function cutPage<Row, Key>(
  read: readonly Row[],
  { start, limit, keyOf }: Cut<Row, Key>,
): ListPage<Row> {
  const rows = read.slice(0, limit);
  const isBefore = start?.side === 'before';
  if (isBefore) rows.reverse();
  return { rows, ...cursorsOf(rows, { start, hasMore: read.length > limit, keyOf }) };
}

/** How a page of a list is written that may be long. */
export interface LongPage<Row, Key> extends Cut<Row, Key> {
  /** The name of the list in the answer. */
  readonly noun: string;
  /** How long the entries may be together, in characters of JSON. A page has at least one entry. */
  readonly maxBytes: number;
  readonly present: (row: Row) => unknown;
  /** More members of the answer. */
  readonly members?: object;
}

/**
 * Sends a page of a list: `{ <noun>: […], next, previous }`. It ends when it has enough entries or is long enough, whichever
 * comes first. Each batch is made into text before the next is read, so the whole page is never in memory as objects, and
 * other requests are answered in between.
 */
export async function sendPage<Row, Key>(
  reply: FastifyReply,
  batches: Batches<Row>,
  { start, limit, keyOf, noun, maxBytes, present, members = {} }: LongPage<Row, Key>,
): Promise<FastifyReply> {
  const entries: { readonly row: Row; readonly json: string }[] = [];
  let length = 0;
  let hasMore = false;
  read: for await (const batch of batches) {
    for (const row of batch) {
      const json = JSON.stringify(present(row));
      hasMore = entries.length >= limit || (entries.length > 0 && length + json.length > maxBytes);
      if (hasMore) break read;
      entries.push({ row, json });
      length += json.length;
    }
  }
  if (start?.side === 'before') entries.reverse();
  const ends = [entries.at(0), entries.at(-1)].flatMap((entry) => (entry === undefined ? [] : [entry.row]));
  const others = JSON.stringify({ ...cursorsOf(ends, { start, hasMore, keyOf }), ...members });
  const list = entries.map(({ json }) => json).join(',');
  return sendJson(reply, `{${JSON.stringify(noun)}:[${list}],${others.slice(1)}`);
}

/** Sends a text that is JSON already. */
function sendJson(reply: FastifyReply, json: string): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(json);
}

/** @param hasMore whether there are more rows in the direction in which the page was read */
function cursorsOf<Row, Key>(
  rows: readonly Row[],
  { start, hasMore, keyOf }: Pick<Cut<Row, Key>, 'start' | 'keyOf'> & { readonly hasMore: boolean },
): Pick<ListPage<Row>, 'next' | 'previous'> {
  const first = rows.at(0);
  const last = rows.at(-1);
  if (first === undefined || last === undefined) return { next: null, previous: null };
  // Where the client came from, there are other entries.
  const [hasNext, hasPrevious] = start?.side === 'before' ? [true, hasMore] : [hasMore, start !== undefined];
  return {
    next: hasNext ? writeCursor({ side: 'after', key: keyOf(last) }) : null,
    previous: hasPrevious ? writeCursor({ side: 'before', key: keyOf(first) }) : null,
  };
}
