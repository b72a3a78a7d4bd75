import { normalizeHeader } from './normalize-header.js';

/** What programs add to a header to make it unique: `Email.1` (pandas), `Email (2)` (spreadsheets). */
const uniqueSuffix = /^(.+?)(?:\.\d{1,4}| ?\(\d{1,4}\))$/;

/** What pandas calls a column without a header. */
const unnamed = /^unnamed: \d+(?: level \d+)?$/;

/**
 * The headers in the form in which they are compared, one for each position; empty for a column without a name. A known
 * header that some program has made unique (`Email.1`) reads as itself where the file has no other column of that name.
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

/** The header before some program made it unique; null when none did. */
export function originalName(key: string): string | null {
  const last = key.charCodeAt(key.length - 1);
  // Ends in a digit or a parenthesis: few do.
  if (!(last >= 0x30 && last <= 0x39) && last !== 0x29) return null;
  return uniqueSuffix.exec(key)?.[1] ?? null;
}
