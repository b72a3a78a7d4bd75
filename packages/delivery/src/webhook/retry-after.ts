const longestMs = 24 * 60 * 60 * 1_000;

const SECONDS = /^\d+$/;
/** `Sun, 06 Nov 1994 08:49:37 GMT`: the only form that may be sent since 1997 (RFC 9110, 5.6.7). */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * Reads the wait that a `Retry-After` header (RFC 9110, 10.2.3) asks for, in milliseconds from `now`, at most 24 h. A
 * date that has passed is 0; a text that is neither seconds nor a date is null.
 *
 * @param now in milliseconds since 1970
 */
export function readRetryAfter(header: string | undefined, now: number): number | null {
  const text = header?.trim() ?? '';
  const ms = SECONDS.test(text)
    ? Number(text) * 1_000
    : HTTP_DATE.test(text)
      ? Date.parse(text) - now
      : Number.NaN;
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), longestMs);
}
