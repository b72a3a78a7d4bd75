import type { ValueResult } from './value-result.js';

export interface Email {
  /** As written, trimmed. */
  readonly email: string;
  /** Lower-cased and NFC: two spellings of one address share it. */
  readonly identity: string;
}

export function parseEmail(text: string): ValueResult<Email> {
  throw new Error(`to do ${text}`);
}
