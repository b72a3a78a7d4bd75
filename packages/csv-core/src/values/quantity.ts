import type { ValueResult } from './value-result.js';

export function parseQuantity(text: string): ValueResult<number> {
  throw new Error(`to do ${text}`);
}
