import type { ValueResult } from './value-result.js';

export function cleanText(text: string): ValueResult<string> {
  throw new Error(`to do ${text}`);
}
