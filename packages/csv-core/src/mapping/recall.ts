/**
 * How many texts of one column are cached: more than a file has countries, tiers or statuses, fewer than it has people.
 */
const maxTexts = 250;

/**
 * Caches the results of `read`, because most columns of an export repeat a few texts. Stops caching for a column where
 * it does not help, such as e-mail addresses.
 *
 * @param read its result must depend only on the text
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
