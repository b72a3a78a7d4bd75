import { cut, printable } from './text.js';

const MAX_NAME_LIST = 300;

/** Names of columns or files for a sentence, as many as there is room for. */
export function nameList(names: readonly string[]): string {
  return cut(names.map((name) => `"${printable(name)}"`).join(', '), MAX_NAME_LIST);
}
