import type { ValueResult } from './value-result.js';

export interface Money {
  /** Canonical decimal: point, no thousands, decimals as written (at most 4), e.g. `-1234.50`. */
  readonly amount: string;
  /** ISO 4217 code, or null when the text names none. */
  readonly currency: string | null;
}

export interface MoneyOptions {
  /** ISO 4217 code for text that names no currency, or only an ambiguous sign such as `$`. */
  readonly defaultCurrency?: string | undefined;
}

export function parseMoney(text: string, options: MoneyOptions = {}): ValueResult<Money> {
  throw new Error(`to do ${text} ${options.defaultCurrency}`);
}
