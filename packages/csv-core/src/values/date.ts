import type { ValueResult } from './value-result.js';

export type DateOrder = 'mdy' | 'dmy';

export interface DateOptions {
  /** How to read `03/04/2024`; without it such a date is `ambiguous_date`. */
  readonly order?: DateOrder | undefined;
}

export function parseDateTime(text: string, options: DateOptions = {}): ValueResult<string> {
  throw new Error(`to do ${text} ${options.order}`);
}

export function decideDateOrder(samples: readonly string[]): DateOrder | null {
  throw new Error(`to do ${samples.length}`);
}
