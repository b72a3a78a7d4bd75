import type { ValueResult } from './value-result.js';

export function parseCountry(text: string): ValueResult<string> {
  throw new Error(`to do ${text}`);
}
