import { storableText } from '@pledgeline/csv-core';

/** What became of one attempt, of a webhook or a mail. */
export interface AttemptResult {
  /**
   * - `delivered`: the receiver answered 2xx, or the mail server took the mail
   * - `failed`: worth another attempt
   * - `gone`: HTTP 410, nobody wants it any more
   * - `refused`: it will never work: an address that is none, or an SMTP 5xx about this mail
   */
  readonly outcome: 'delivered' | 'failed' | 'gone' | 'refused';
  /** HTTP status or SMTP code; null when there was no answer. */
  readonly responseStatus: number | null;
  /** The first 1,024 bytes of the answer, as text that Postgres can store; null without one. */
  readonly responseHead: string | null;
  /** Why there was no (good) answer, as a sentence; null when delivered. */
  readonly error: string | null;
  /** Whole milliseconds from the call to the result. */
  readonly latencyMs: number;
  /** What the receiver asks for with `Retry-After`, at most 24 h; null when it does not. */
  readonly retryAfterMs: number | null;
}

/** How much of an answer is kept. */
export const headBytes = 1_024;

/**
 * The beginning of an answer as text that can be stored, without half a character at its end; null when it is empty.
 * What is not UTF-8 comes out as U+FFFD.
 */
export function readableHead(bytes: Uint8Array): string | null {
  // `stream` leaves out a last character that the cut went through.
  const text = new TextDecoder().decode(bytes.subarray(0, headBytes), { stream: true });
  return text === '' ? null : storableText(text);
}
