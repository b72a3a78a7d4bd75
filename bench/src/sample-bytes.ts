import { kickstarterSample } from '@pledgeline/samples';

/** So many rows are made once and then repeated, because making them takes longer than reading them. */
const DISTINCT_ROWS = 20_000;

/**
 * A Kickstarter report of about `byteCount` bytes, in pieces of 64 KiB. The first 20,000 rows are repeated, which makes
 * no difference to the receiver.
 */
export function* sampleBytes(byteCount: number): Generator<Uint8Array, void, undefined> {
  const text = [...kickstarterSample({ rows: DISTINCT_ROWS })].join('');
  const all = new TextEncoder().encode(text);
  const body = all.subarray(all.indexOf(10) + 1);
  let left = byteCount;
  for (const part of repeat(all, body)) {
    for (let at = 0; at < part.length && left > 0; at += 65_536) {
      const piece = part.subarray(at, at + 65_536);
      left -= piece.length;
      yield piece;
    }
    // The last row may be cut off.
    if (left <= 0) return;
  }
}

function* repeat(first: Uint8Array, next: Uint8Array): Generator<Uint8Array, never, undefined> {
  yield first;
  for (;;) yield next;
}
