import type { ValueResult } from './value-result.js';

export function parseIdentifier(text: string): ValueResult<string> {
  throw new Error(`to do ${text}`);
}
