import type { Batches, Listed, PageStart, RecordKey } from '@pledgeline/db';
import { writeCursor } from '../../answers/cursor.js';
import { listPieces } from '../../answers/send-json.js';

/** How a page of records is written. */
export interface RecordPage<Row> {
  readonly noun: string;
  readonly start: PageStart<RecordKey> | undefined;
  /** How many entries at most. The batches hold one more, if there is one. */
  readonly limit: number;
  /** How long the entries may be together, in characters of JSON. A page has at least one entry. */
  readonly maxBytes: number;
  /** The query that its cursors belong to. */
  readonly fingerprint: string;
  readonly present: (row: Row) => unknown;
  /** Where the search stopped because it had looked at enough, once the batches have ended. */
  readonly stoppedAt: () => RecordKey | undefined;
  /** More members of the answer. */
  readonly members: object;
}

/**
 * Writes a page of records, in pieces: `{ <noun>: […], next, previous }`. It ends when it has enough entries, is long enough, or when the
 * search for the next entry has looked at enough records; so it may have few entries or none, and still a next page.
 */
export async function writeRecords<Row>(
  batches: Batches<Listed<Row>>,
  { noun, start, limit, maxBytes, fingerprint, present, stoppedAt, members }: RecordPage<Row>,
): Promise<readonly Uint8Array[]> {
  const entries: { readonly place: RecordKey; readonly json: Uint8Array }[] = [];
  let length = 0;
  let isFull = false;
  read: for await (const batch of batches) {
    for (const { place, row } of batch) {
      const json = JSON.stringify(present(row));
      isFull = entries.length >= limit || (entries.length > 0 && length + json.length > maxBytes);
      if (isFull) break read;
      entries.push({ place, json: Buffer.from(json) });
      length += json.length;
    }
  }
  // In the direction of reading. A page before an entry is read backwards.
  const end = isFull ? entries.at(-1)?.place : stoppedAt();
  const begin = entries.at(0)?.place ?? end;
  const isBackwards = start?.side === 'before';
  const back = start === undefined ? undefined : begin;
  if (isBackwards) entries.reverse();
  const [next, previous] = isBackwards ? [back, end] : [end, back];
  const cursor = (side: PageStart['side'], place: RecordKey | undefined) =>
    place === undefined ? null : writeCursor({ side, key: [fingerprint, place.time, place.id] });
  const others = { next: cursor('after', next), previous: cursor('before', previous), ...members };
  return listPieces(
    noun,
    entries.map(({ json }) => json),
    others,
  );
}
