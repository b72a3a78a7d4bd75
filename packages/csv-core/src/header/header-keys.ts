import { normalizeHeader } from './normalize-header.js';

/** The suffix that programs add to make a header unique: `Email.1` (pandas), `Email (2)` (spreadsheets). */
const uniqueSuffix = /^(.+?)(?:\.\d{1,4}| ?\(\d{1,4}\))$/;

/** The name that pandas gives to a column without a header. */
const unnamed = /^unnamed: \d+(?: level \d+)?$/;

/**
 * The normalised headers, one for each position; empty for a column without a name. A header with a suffix that makes
 * it unique (`Email.1`) is read without the suffix if that header is known and the file has no other column of that
 * name.
 */
export function headerKeys(headers: readonly string[], isKnown: (key: string) => boolean): readonly string[] {
  const keys = headers.map(normalizeHeader);
  let present: Set<string> | null = null;
  for (const [position, key] of keys.entries()) {
    if (isKnown(key)) continue;
    if (unnamed.test(key)) {
      keys[position] = '';
      continue;
    }
    const base = originalName(key);
    if (base === null || !isKnown(base)) continue;
    present ??= new Set(keys);
    if (present.has(base)) continue;
    present.add(base);
    keys[position] = base;
  }
  return keys;
}

/** The header without a suffix that makes it unique; null when it has no such suffix. */
export function originalName(key: string): string | null {
  const last = key.charCodeAt(key.length - 1);
  // Most headers end in neither a digit nor a parenthesis, and need no regular expression.
  if (!(last >= 0x30 && last <= 0x39) && last !== 0x29) return null;
  return uniqueSuffix.exec(key)?.[1] ?? null;
}
