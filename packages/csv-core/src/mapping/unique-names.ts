/**
 * Makes names unique: of two columns with the same header, the second is named `Header (2)`, or with the next free
 * number.
 */
export function uniqueNames(): (name: string) => string {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return (header) => {
    // As a property of a plain object, this name would set the prototype and be lost.
    const name = header === '__proto__' ? '"__proto__"' : header;
    let count = counts.get(name) ?? 0;
    let unique: string;
    do {
      count += 1;
      unique = count === 1 ? name : `${name} (${count})`;
    } while (taken.has(unique));
    counts.set(name, count);
    taken.add(unique);
    return unique;
  };
}
