/** An id that no message is before. */
export const firstId = '00000000-0000-7000-8000-000000000000';

/**
 * Messages get their id, by the clock of Postgres, a moment before others can see them: so one with a lower id may
 * appear after one with a higher id. Not so much lower, though: Postgres ends a
 * transaction that says nothing for a minute.
 */
const OVERLAP_MS = 90_000;

/** From where on to look again when everything up to this id (UUID version 7) was seen. */
export function overlapBefore(id: string): string {
  const madeAt = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
  const hex = Math.max(0, madeAt - OVERLAP_MS)
    .toString(16)
    .padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}${firstId.slice(13)}`;
}

/** Ids are of one length and in lower case, so they sort as text. */
export function laterOf(a: string, b: string): string {
  return a > b ? a : b;
}

/** As {@link laterOf}. */
export function earlierOf(a: string, b: string): string {
  return a < b ? a : b;
}
