import { type Batches, type Neighbours, neighbours, type PageQuery } from '@pledgeline/db';
import type { FastifyReply } from 'fastify';
import { writeCursor } from './cursor.js';
import { listPieces, sendJsonPieces } from './send-json.js';

/** The cursors of the pages beside a page, as every list answers them. */
export function writeCursors<Key>({ next, previous }: Neighbours<Key>) {
  return { next: next && writeCursor(next), previous: previous && writeCursor(previous) };
}

/** How a page of a list is written that may be long. */
export interface LongPage<Row, Key> extends PageQuery<Key> {
  /** The name of the list in the answer. */
  readonly noun: string;
  /** How long the entries may be together, in characters of JSON. A page has at least one entry. */
  readonly maxBytes: number;
  readonly present: (row: Row) => unknown;
  readonly keyOf: (row: Row) => Key;
  /** More members of the answer. */
  readonly members?: object;
}

/**
 * Sends a page of a list: `{ <noun>: […], next, previous }`. It ends when it has enough entries or is long enough, whichever
 * comes first. Each batch is made into bytes before the next is read, so the whole page is never in memory as objects, and
 * other requests are answered in between.
 *
 * @param batches the rows from the start of the page on, one more than `limit` if there is one: backwards, when it comes
 * before an entry
 */
export async function sendPage<Row, Key>(
  reply: FastifyReply,
  batches: Batches<Row>,
  { start, limit, noun, maxBytes, present, keyOf, members = {} }: LongPage<Row, Key>,
): Promise<FastifyReply> {
  const entries: { readonly key: Key; readonly json: Uint8Array }[] = [];
  let length = 0;
  let hasMore = false;
  read: for await (const batch of batches) {
    for (const row of batch) {
      const json = JSON.stringify(present(row));
      hasMore = entries.length >= limit || (entries.length > 0 && length + json.length > maxBytes);
      if (hasMore) break read;
      entries.push({ key: keyOf(row), json: Buffer.from(json) });
      length += json.length;
    }
  }
  if (start?.side === 'before') entries.reverse();
  const keys = entries.map(({ key }) => key);
  const others = { ...writeCursors(neighbours(keys, { start, hasMore })), ...members };
  const list = entries.map(({ json }) => json);
  return sendJsonPieces(reply, listPieces(noun, list, others));
}
