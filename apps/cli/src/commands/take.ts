/** The first entries of a list, without asking for more. */
export async function take<T>(entries: AsyncIterable<T>, limit: number): Promise<readonly T[]> {
  const taken: T[] = [];
  for await (const entry of entries) {
    taken.push(entry);
    if (taken.length >= limit) break;
  }
  return taken;
}
