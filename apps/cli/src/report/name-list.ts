import { cut, printable } from './text.js';

const MAX_NAME_LIST = 300;

/** A list of columns or files for a sentence, cut to a sensible length. */
export function nameList(names: readonly string[]): string {
  return cut(names.map((name) => `"${printable(name)}"`).join(', '), MAX_NAME_LIST);
}
