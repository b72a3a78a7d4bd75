import type { Batches } from '@pledgeline/db';
import type { FastifyReply } from 'fastify';

/** How a page of a list is written. */
export interface PageOptions<Row> {
  /** The name of the list in the answer. */
  readonly noun: string;
  /** How many entries at most. The batches hold one more, if there is one. */
  readonly limit: number;
  /** How long the entries may be together, in characters of JSON. A page has at least one entry. */
  readonly maxBytes: number;
  readonly present: (row: Row) => unknown;
  /** The cursor to continue after this entry. */
  readonly cursorOf: (row: Row) => string | number;
}

/**
 * Writes a page of a list: `{ <noun>: […], next }`. It ends when it has enough entries or is long enough, whichever comes
 * first. Each batch is made into text before the next is read, so the whole page is never in memory as objects, and other
 * requests are answered in between.
 */
export async function writePage<Row>(
  batches: Batches<Row>,
  { noun, limit, maxBytes, present, cursorOf }: PageOptions<Row>,
): Promise<string> {
  const entries: string[] = [];
  let length = 0;
  let last: Row | undefined;
  let hasMore = false;
  read: for await (const batch of batches) {
    for (const row of batch) {
      const entry = JSON.stringify(present(row));
      hasMore = entries.length >= limit || (last !== undefined && length + entry.length > maxBytes);
      if (hasMore) break read;
      entries.push(entry);
      length += entry.length;
      last = row;
    }
  }
  const next = hasMore && last !== undefined ? cursorOf(last) : null;
  return `{${JSON.stringify(noun)}:[${entries.join(',')}],"next":${JSON.stringify(next)}}`;
}

/** Sends a text that is JSON already. */
export function sendJson(reply: FastifyReply, json: string): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(json);
}
