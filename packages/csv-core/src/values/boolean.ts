import type { ValueResult } from './value-result.js';

export function parseBoolean(text: string): ValueResult<boolean> {
  throw new Error(`to do ${text}`);
}
