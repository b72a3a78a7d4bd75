/** Two columns may share a header; the second is called `Header (2)`, unless a column is called that already. */
export function uniqueNames(): (name: string) => string {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return (header) => {
    // As a key of a plain object this one name would set the prototype and be lost.
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
