/** Texts remembered of one column. More than the countries, tiers or statuses of a file; fewer than its people. */
const maxTexts = 250;

/**
 * The same reading, with a memory for texts that come again: most columns of an export hold a few words over and
 * over. Gives up on columns where that does not pay, such as e-mail.
 *
 * @param read must depend on nothing but the text.
 */
export function recall<T extends object>(read: (text: string) => T): (text: string) => T {
  let known: Map<string, T> | null = new Map();
  let hits = 0;
  return (text) => {
    if (known === null) return read(text);
    const before = known.get(text);
    if (before !== undefined) {
      hits += 1;
      return before;
    }
    const result = read(text);
    if (known.size < maxTexts) known.set(text, result);
    else if (hits < maxTexts) known = null;
    return result;
  };
}
