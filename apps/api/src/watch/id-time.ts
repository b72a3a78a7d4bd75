/** The lowest possible id of a message. */
export const firstId = '00000000-0000-7000-8000-000000000000';

/**
 * Messages get their id, by the clock of Postgres, before the commit that makes them visible. So a message with a lower
 * id may appear after one with a higher id. It cannot be lower by more than this, because Postgres ends a transaction
 * that is idle for a minute.
 */
const OVERLAP_MS = 90_000;

/** The id from which to read again after everything up to `id` (UUID version 7) was seen. */
export function overlapBefore(id: string): string {
  const madeAt = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
  const hex = Math.max(0, madeAt - OVERLAP_MS)
    .toString(16)
    .padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}${firstId.slice(13)}`;
}

/** The later of two ids. They have the same length and are in lower case, so they can be compared as text. */
export function laterOf(a: string, b: string): string {
  return a > b ? a : b;
}

/** The earlier of two ids, as {@link laterOf}. */
export function earlierOf(a: string, b: string): string {
  return a < b ? a : b;
}
