import { storableText } from '@pledgeline/csv-core';

/** The result of one attempt to send a webhook or a mail. */
export interface AttemptResult {
  /**
   * - `delivered`: the receiver answered 2xx, or the mail server took the mail
   * - `failed`: another attempt may succeed
   * - `gone`: HTTP 410, the receiver wants no more messages
   * - `refused`: no attempt will ever succeed: the address is unusable, or an SMTP 5xx is about this mail
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
  /** The wait that the receiver asks for with `Retry-After`, at most 24 h; null when it does not ask. */
  readonly retryAfterMs: number | null;
}

/** How many bytes of an answer are kept. */
export const headBytes = 1_024;

/**
 * The beginning of an answer as text that can be stored, without half a character at its end; null when it is empty.
 * What is not UTF-8 comes out as U+FFFD.
 */
export function readableHead(bytes: Uint8Array): string | null {
  // With `stream`, a last character that was cut in two is left out.
  const text = new TextDecoder().decode(bytes.subarray(0, headBytes), { stream: true });
  return text === '' ? null : storableText(text);
}
